"""Makes small published lists with synthetic names; used by the tests of the readers."""

from pathlib import Path

INDIVIDUAL = """
<INDIVIDUAL>
  <DATAID>{data_id}</DATAID><FIRST_NAME>GULZAD</FIRST_NAME><SECOND_NAME>TARINPUR</SECOND_NAME>
  <THIRD_NAME/><UN_LIST_TYPE>Demo</UN_LIST_TYPE>
  <REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER><LISTED_ON>2012-12-31</LISTED_ON>
  <NAME_ORIGINAL_SCRIPT>گلزاد تارین‌پور</NAME_ORIGINAL_SCRIPT><GENDER>Female</GENDER>
  <COMMENTS1>First line
     second line</COMMENTS1>
  <DESIGNATION><VALUE>Keeper</VALUE><VALUE>Second keeper</VALUE></DESIGNATION>
  <NATIONALITY><VALUE>Pakistan</VALUE><VALUE>Atlantis</VALUE></NATIONALITY>
  <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Zadu</ALIAS_NAME></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>Zad</ALIAS_NAME>
    <NOTE>as a child</NOTE></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ADDRESS><STREET>Main Road</STREET><CITY>Demoabad</CITY>
    <COUNTRY>Pakistan</COUNTRY><NOTE>until 2010</NOTE></INDIVIDUAL_ADDRESS>
  {births}
  <INDIVIDUAL_PLACE_OF_BIRTH><CITY>Demoabad</CITY></INDIVIDUAL_PLACE_OF_BIRTH>
  <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>AB1234567</NUMBER>
    <ISSUING_COUNTRY>Pakistan</ISSUING_COUNTRY><NOTE>expired</NOTE></INDIVIDUAL_DOCUMENT>
  <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT>
    <NUMBER>35202</NUMBER></INDIVIDUAL_DOCUMENT>
  <INDIVIDUAL_DOCUMENT/>
</INDIVIDUAL>"""

BIRTHS = """
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1970-03-05</DATE>
    </INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1971</YEAR>
    <NOTE>school papers</NOTE></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1972</YEAR>
    </INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1973</FROM_YEAR>
    <TO_YEAR>1975</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE/></INDIVIDUAL_DATE_OF_BIRTH>"""

IMPOSSIBLE = """<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE>
  <DATE>1970-02-31</DATE></INDIVIDUAL_DATE_OF_BIRTH>"""

ENTITY = "<ENTITY><DATAID>9</DATAID><FIRST_NAME>DEMO TRADING</FIRST_NAME></ENTITY>"


def individual(data_id: int, reference: str, births: str = BIRTHS) -> str:
    """One individual with everything an individual can carry."""
    return INDIVIDUAL.format(data_id=data_id, reference=reference, births=births)


def un_list(folder: Path, *individuals: str) -> Path:
    """Write a list of these individuals and one entity."""
    path = folder / "list.xml"
    path.write_text(
        "<?xml version='1.0' encoding='UTF-8'?>\n<CONSOLIDATED_LIST>"
        f"<INDIVIDUALS>{''.join(individuals)}</INDIVIDUALS><ENTITIES>{ENTITY}</ENTITIES>"
        "</CONSOLIDATED_LIST>",
        encoding="utf-8",
    )
    return path


def sdn_row(number: int, name: str, remarks: str = "-0- ", sort: str = "individual") -> str:
    """One row of the SDN list."""
    return f'{number},"{name}",{sort},DEMO,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"{remarks}"\r\n'


def sdn(folder: Path, *rows: str) -> Path:
    """Write an SDN list."""
    path = folder / "sdn.csv"
    path.write_text("".join(rows), encoding="utf-8", newline="")
    return path


def alt(folder: Path, *rows: tuple[int, str]) -> Path:
    """Write an a.k.a. file of (number of the person, alias)."""
    path = folder / "alt.csv"
    lines = (f'{number},{at},aka,"{name}",-0- \r\n' for at, (number, name) in enumerate(rows, 900))
    path.write_text("".join(lines), encoding="utf-8", newline="")
    return path
