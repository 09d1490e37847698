"""How little a common name says: a weight per consonant skeleton.

The tiers are judged by how many in a hundred bear the name in Pakistan and its neighbours; they
hold name parts, never persons. What is not listed is taken for rare.
"""

from typing import Final

_TIERS: Final[tuple[tuple[float, str], ...]] = (
    (0.35, "mhmd xn aly ahmd"),
    (0.45, "syd hsyn rz cdr S hsn bb"),
    (
        0.6,
        "hmd amr abs mhmwd mn nsr mlk abdL sdk mr klm amn bt sl slm akbl sd nz xld gl xtn bkm"
        " ahmdzd mmd",
    ),
    (
        0.7,
        "jd rSd anr rn sjd tr zr nd mhdy abrhm msd sr nr Sd abd mjd akbr sm msn axtr krm azm trk"
        " smr al ysf fz hdr nm jml jll frk zmn bSr frd hSm rmn fzl ksm sb azz zd kdr slmn aslm mstf"
        " prn bn jn zrn",
    ),
    (
        0.8,
        "krS kzy nzr mrz sf fsl mnsr wd ndm amrn abdazz blc askr ms jfr arSd asm hd abdrmn hbb"
        " asml r kml prz Sr adl bk dd mrtz Szd ryz mrm asn kr ksr kn xll rfk amd alm asd Skr Skt ll"
        " bll aSrf ak kmrn rsl ht kmr nk sn rm rj hmn mmn Sn kzm mrn ansr Srf mnr mnzr arf asf br"
        " an md nsm hrn fd xj bdr drn zfr frn akrm ks mrd ml ndr asmn as aS xtk azr anjm mmtz",
    ),
)
COMMON: Final[dict[str, float]] = {
    skeleton: weight for weight, skeletons in _TIERS for skeleton in skeletons.split()
}


def weight_of(skeleton: str) -> float:
    """From 0.35 (one in ten bears it) to 1 (rare, or not in the table)."""
    return COMMON.get(skeleton, 1.0)


def is_common(skeleton: str) -> bool:
    """Whether the name is among the commonest, which alone point at nobody."""
    return COMMON.get(skeleton, 1.0) < 0.5
