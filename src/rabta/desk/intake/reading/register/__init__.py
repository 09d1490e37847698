"""Readers of an agency's register: a workbook or a delimited file, as ugly as it comes."""
