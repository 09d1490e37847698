"""Names of months in the scripts and spellings that registers of the region use."""

from collections.abc import Mapping
from types import MappingProxyType

from rabta.core.words.folding import fold
from rabta.core.words.vocabulary import Calendar

_GREGORIAN = """
jan january جنوری ژانویه يناير كانون_الثاني जनवरी
feb february فروری فوریه فبروری فبراير شباط फरवरी फ़रवरी
mar march مارچ مارس آذار मार्च
apr april اپریل آوریل أبريل نيسان अप्रैल
may مئی مه می مايو أيار मई
jun june جون ژوئن يونيو حزيران जून
jul july جولائی ژوئیه جولای يوليو تموز जुलाई
aug august اگست اوت آگوست أغسطس آب अगस्त
sep sept september ستمبر سپتامبر سپتمبر سبتمبر أيلول सितंबर सितम्बर
oct october اکتوبر اکتبر أكتوبر تشرين_الأول अक्टूबर अक्तूबर
nov november نومبر نوامبر نوفمبر تشرين_الثاني नवंबर नवम्बर
dec december دسمبر دسامبر ديسمبر كانون_الأول दिसंबर दिसम्बर
"""

_SOLAR_HIJRI = """
farvardin farwardin hamal wray فروردین حمل وری
ordibehesht saur sawr ghwayay اردیبهشت ثور غویی
khordad jawza jowza ghbargolay خرداد جوزا غبرګولی
tir saratan chungash چنګاښ تیر سرطان
mordad amordad asad zmaray مرداد امرداد اسد زمری
shahrivar shahriwar sunbula sonbola wagay شهریور سنبله وږی
mehr mizan tala مهر میزان تله
aban aqrab laram آبان عقرب لړم
azar qaws qaus lindai آذر قوس لیندۍ
dey jadi jady marghumay دی جدی مرغومی
bahman dalw dalwa salwagha بهمن دلو سلواغه
esfand isfand hut hoot kab اسفند حوت کب
"""

_HIJRI = """
muharram moharram muharam muharram_ul_haram محرم محرم_الحرام
safar safar_ul_muzaffar صفر صفر_المظفر
rabi_al_awwal rabi_ul_awwal rabi_ul_awal rabi_al_awal rabi_i ربیع_الاول ربیع_الأول
rabi_al_thani rabi_ul_thani rabi_us_sani rabi_al_akhir rabi_ul_akhir rabi_ii ربیع_الثانی ربیع_الآخر
jumada_al_awwal jumada_al_ula jumadi_ul_awwal jamadi_ul_awwal jumada_i جمادی_الاول جمادی_الاولی
jumada_al_thani jumada_al_akhira jumadi_us_sani jamadi_us_sani jumada_ii جمادی_الثانی \
  جمادی_الثانیہ جمادی_الآخر جمادی_الآخرة جمادی_الاخری
rajab rajab_ul_murajjab رجب رجب_المرجب
shaban shaaban shaban_ul_muazzam شعبان شعبان_المعظم
ramadan ramazan ramadhan ramzan ramzan_ul_mubarak رمضان رمضان_المبارک
shawwal shawal shawwal_ul_mukarram شوال شوال_المکرم
dhu_al_qadah dhul_qadah dhul_qada dhu_al_qada zul_qadah zul_qada zil_qad zi_qad \
  ذی_القعدہ ذیقعد ذیقعدہ ذوالقعدہ ذوالقعدة ذی_قعدہ
dhu_al_hijjah dhul_hijjah dhul_hijja dhu_al_hijja zul_hijjah zul_hijja zil_hijjah zil_hijja \
  zil_haj ذی_الحجہ ذوالحجہ ذوالحجة ذی_الحج ذی_حجہ
"""

_BIKRAM_SAMBAT = """
baisakh baishakh vaisakh vaishakh बैशाख वैशाख
jestha jeth jyestha jyeshtha जेठ ज्येष्ठ जेष्ठ
ashadh asadh asar ashar असार आषाढ अषाढ
shrawan shravan saun sawan श्रावण साउन
bhadra bhadau bhado भाद्र भदौ
ashwin aswin asoj ashoj आश्विन असोज
kartik karthik कार्तिक कात्तिक
mangsir marga margashirsha मंसिर मङ्सिर मार्ग मार्गशीर्ष
poush paush pus push पौष पुष पुस
magh माघ
falgun phalgun fagun phagun फाल्गुन फाल्गुण फागुन
chaitra chait chaita चैत्र चैत
"""


def _read(calendar: Calendar, table: str) -> dict[str, tuple[Calendar, int]]:
    lines = table.strip().splitlines()
    return {
        fold(name): (calendar, month)
        for month, line in enumerate(lines, start=1)
        for name in line.split()
    }


MONTHS: Mapping[str, tuple[Calendar, int]] = MappingProxyType(
    _read(Calendar.GREGORIAN, _GREGORIAN)
    | _read(Calendar.SOLAR_HIJRI, _SOLAR_HIJRI)
    | _read(Calendar.HIJRI, _HIJRI)
    | _read(Calendar.BIKRAM_SAMBAT, _BIKRAM_SAMBAT)
)
"""Folded name without spaces → its calendar and its number, 1 to 12."""

SHOWN: Mapping[Calendar, tuple[str, ...]] = MappingProxyType(
    {
        calendar: tuple(names.split())
        for calendar, names in {
            Calendar.GREGORIAN: "January February March April May June July August September "
            "October November December",
            Calendar.SOLAR_HIJRI: "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban "
            "Azar Dey Bahman Esfand",
            Calendar.HIJRI: "Muharram Safar Rabi-I Rabi-II Jumada-I Jumada-II Rajab Shaban "
            "Ramadan Shawwal Zilqad Zilhaj",
            Calendar.BIKRAM_SAMBAT: "Baisakh Jestha Ashadh Shrawan Bhadra Ashwin Kartik Mangsir "
            "Poush Magh Falgun Chaitra",
        }.items()
    }
)
"""How an error names a month: Latin, as the field writes it."""
