"""Names"""
