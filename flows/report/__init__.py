"""What people see of a run: the summary in the terminal, Prefect's artifacts, the report pages."""

from flows.report.pages import write_pages
from flows.report.story import SourceStory, Story, markdown_summary, quarantine_table, text_summary

__all__ = ["SourceStory", "Story", "markdown_summary", "quarantine_table", "text_summary", "write_pages"]
