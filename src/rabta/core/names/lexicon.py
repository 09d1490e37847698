"""Words that are not names of their own, in the spellings that registers use.

Every list is in normalised form. They are made from the usage of the region, not from any
list of persons.
"""

from typing import Final

from rabta.core.names.normal import normalise


def _words(text: str) -> frozenset[str]:
    return frozenset(normalise(word) for word in text.split())


UNKNOWN: Final = _words(
    "unknown fnu lnu unk unnamed nameless namaloom namalum nomen نامعلوم مجهول نامشخص بینام"
)
"""Words that say there is no name. They vanish wherever they stand."""

UNKNOWN_WHOLE: Final = frozenset(
    {
        "na", "n a", "nil", "none", "null", "not known", "no name", "not available", "xxx", "x",
        "xx", "name unknown", "not given", "tbc", "tbd", "lapata", "معلوم نهین", "لا اعلم",
        "غیر معروف", "ندارد", "بدون نام", "معلوم نه دی",
    }
)  # fmt: skip
"""Whole entries that say there is no name; inside a longer name they may be part of it."""

ARTICLES: Final = _words("al el ul ol il ال")
SOLAR_ARTICLES: Final = _words(
    "ur ud us uz un ut ush ar ad as az an at ash er ed es ez en et esh or od os oz on ot osh"
)
"""The article with its l assimilated; only between two names is it one."""

FILIAL: Final = _words("bin ibn ben bn bint binti bent binte ibne walad wald بن ابن بنت")
OTHER_PARTICLES: Final = _words("de da di del dos van von der den la le y i و of the")

KUNYA: Final = _words("abu abou aboo abo abi umm umme oum ummu ابو ابی ام")
KUNYA_WITH_ARTICLE: Final = _words("abul abol aboul abool")

SUFFIXES: Final = _words(
    "zada zadeh zadah zadehh zai zay zoi zi zehi zahi pour pur poor nejad nezhad nejhad nia niya"
    " far fard doost dost ullah ollah allah uddin oddin eddin"
    " زاده زی زئی زهی پور نژاد نیا فر فرد دوست"
)
"""Second halves that belong to the word before them, written apart or not."""

HARD_TITLES: Final = _words(
    "mr mrs ms miss dr doctor prof professor engr eng engineer haji hajji hajj hadji haj alhaj"
    " elhaj hajia maulana mawlana molana moulana maulvi maulavi mawlawi molvi moulvi mufti"
    " mullah mulla mollah molla moulla hafiz hafez qari kari hazrat allama allamah ayatollah"
    " hojatoleslam sahib saheb sahab saab sb mst musammat mussamat musmat smt col colonel gen"
    " general capt captain maj major lt brig brigadier justice advocate adv ustad ustaz late"
    " marhoom shaheed mohtarma janab"
    " حاجی حاج الحاج مولانا مولوی مفتی ملا ملاه حافظ قاری حضرت علامه ایت صاحب صاحبه مسماه مسمات"
    " دکتر ڈاکٹر پروفیسر جناب محترمه کرنل جنرل کپتان میجر جسٹس استاد مرحوم شهید اقای خانم بیگم"
    " بگم"
)
"""What a person is called by others and seldom signs with."""

SOFT_TITLES: Final = _words(
    "syed sayed sayyid sayyed sayid saiyid saiyed seyed seyyed seyid sayeed syeda sayyida sayeda"
    " sheikh shaikh shaykh sheik cheikh shekh shiekh malik malek maleek mir meer mirza meerza mian"
    " miyan raja rana pir peer sardar chaudhry chaudhary chaudhri choudhry choudhary chowdhury"
    " chaudary chaudry choudary choudry chowdhry ch nawab nawabzada makhdoom makhdum khawaja khwaja"
    " khaja qazi kazi begum begam bibi shah agha aqa arbab wadera lala"
    " سید سیده شیخ ملک میر مرزا میرزا میان راجه رانا پیر سردار چودھری چوهدری چوھدری چودهری نواب"
    " مخدوم خواجه قاضی بیبی شاه اغا ارباب وڈیره لاله"
)
"""Titles that are also signed as names; they count for little, and for something."""

TRIBES: Final = _words(
    "khan khaan afridi afreedi aafridi baloch balouch baluch balooch khattak khatak wazir waziri"
    " mehsud mahsud bugti marri mengal mangal rind shinwari mohmand momand durrani"
    " kakar kakarr tareen tarin bangash turi swati gujjar gujar jat jutt arain rajput awan butt"
    " mughal moghul mughul qureshi qureishi quraishi qurashi koreshi quraishy ansari siddiqui"
    " siddiqi hashmi hashimi bukhari gilani gillani geelani kazmi kazimi naqvi rizvi zaidi abbasi"
    " farooqi usmani janjua bhatti cheema chattha gondal khokhar soomro bhutto jatoi magsi leghari"
    " laghari mazari khosa hazara tajik uzbek pashtun pathan brohi brahui niazi lodhi lodi tanoli"
    " jadoon gakhar minhas warraich waraich sial tiwana mastoi chandio brahvi raisani zehri"
    " خان افریدی بلوچ خٹک خټک وزیر وزیری محسود بگٹی مری مینگل رند شینواری مهمند مومند"
    " درانی کاکڑ کاکړ"
    " ترین بنگش توری سواتی گجر جٹ ارائین راجپوت اعوان بٹ مغل قریشی انصاری صدیقی هاشمی بخاری گیلانی"
    " کاظمی نقوی رضوی زیدی عباسی فاروقی عثمانی جنجوعه بھٹی چیمه گوندل کھوکھر سومرو بھٹو جتوئی مگسی"
    " لغاری مزاری کھوسه هزاره تاجک ازبک پشتون پٹھان بروهی نیازی لودھی تنولی جدون وڑائچ سیال رئیسانی"
)
"""Tribes, clans and lineages that stand as a last name for very many."""

STEMS_LATIN: Final = (
    "rahman rehman rahmaan rehmaan rahim raheem raheim haq haqq haque hak islam eslam hasan hassan"
    " hussain husain hossein hussein aziz azeez karim kareem wahab wahhab wahid waheed jabbar"
    " ghaffar ghafoor ghafur qayyum qayum sattar samad salam salaam majeed majid malik malek latif"
    " lateef hamid hameed hakim hakeem hai hayy haye hadi qadir qader kadir qadeer razzaq razaq"
    " rashid rasheed rauf raouf nabi rasool rasul ain nisa nissa kalam fazl fazal hasnain anwar"
    " mulk zaman baqi khaliq jalil jaleel mannan manan shakoor shakur ahad basit batin"
)
STEMS_ARABIC: Final = (
    "رحمن رحمان رحیم حق اسلام حسن حسین عزیز کریم وهاب واحد جبار غفار غفور قیوم ستار صمد سلام مجید"
    " ملک لطیف حمید حکیم حی هادی قادر قدیر رزاق رشید رؤف رووف نبی رسول عین نسا کلام فضل حسنین"
    " انوار زمان باقی خالق جلیل منان شکور احد باسط"
)
"""Second halves of names built with the article: 'Zia ul Haq', 'Noor-ul-Ain'."""

STEMS_THAT_JOIN: Final = "حق اسلام رحمن رحمان نبی نسا عین"
"""Those of them that join even where the article may begin a family name."""

NOT_ARTICLE_ARABIC: Final = (
    "اله", "الیاس", "الطاف", "الماس", "البرز", "الناز", "الوند", "الفت", "الفر", "الپ", "الکسا",
    "الکسی", "الگ", "الیز", "الینا", "الیس", "الیف", "الیو", "الدو", "البرت",
)  # fmt: skip
"""Words that begin with alef and lam without the article."""

NOT_ARTICLE_LATIN: Final = _words(
    "altaf almas almaz alborz alvand aldo alfred alfredo albert alberto alban albin alma almira"
    " alden alston alvin alvaro alphonse alpha alptekin altan altay alkan"
)

SECOND_NAMES_LATIN: Final = (
    "reza raza riza asghar akbar hossein hussain husain hussein hosein hassan hasan mehdi mahdi"
    " mohammad muhammad mohammed mohamad bakhsh abbas zaman kazem javad sadegh nabi qasim amin khan"
    " jan shah gul ahmad ahmed morad murad"
)
SECOND_NAMES_ARABIC: Final = (
    "رضا اصغر اکبر حسین حسن مهدی محمد بخش عباس زمان کاظم جواد صادق نبی قاسم امین خان"
    " جان شاه گل احمد مراد"
)
FIRST_NAMES_LATIN: Final = (
    "mohammad muhammad mohammed mohamad ahmad ahmed ali amir hamid gholam ghulam"
    " ghulaam golam shah gul noor"
    " nur mir sher jan said saeed saeid nazar khan taj sultan abbas hassan hussain hossein sayed"
    " seyed syed fazal fazl allah khair lal dost"
)
FIRST_NAMES_ARABIC: Final = (
    "محمد احمد علی امیر حمید غلام شاه گل نور میر شیر جان سعید نظر خان تاج سلطان عباس"
    " حسن حسین سید فضل"
    " خیر لعل دوست"
)
"""Halves of compounds that are written together or apart at will."""
