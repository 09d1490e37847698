/**
 * The islands: each enhances what is already on the page and works without it.
 * Words come from the page, where they are translated; an island brings none of its own.
 */
import "./styles/rabta.css";

import { drop } from "./islands/drop";
import { faults } from "./islands/faults";
import { keys } from "./islands/keys";
import { leave } from "./islands/leave";
import { notices } from "./islands/notices";
import { once } from "./islands/once";
import { refresh } from "./islands/refresh";
import { unsaved } from "./islands/unsaved";

for (const island of [leave, keys, notices, once, refresh, unsaved, drop, faults]) {
  island(document);
}
