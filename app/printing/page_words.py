"""IPP keywords in the officer's words."""

from __future__ import annotations

from app.config.texts import whole_table
from devices.ports.page_printer import PageJob, PageJobState

_SEVERITIES = ("-report", "-warning", "-error")
_TABLE = "page_printing"


def state_sentence(state: PageJobState, language: str) -> str:
    """How a job stands."""
    return _word("states", state.value, language)


def reason_sentence(reason: str, language: str) -> str:
    """A job-state or printer-state reason; one that no table has is shown as the printer sent it."""
    if reason in whole_table(_TABLE)["reasons"]:
        return _word("reasons", reason, language)
    plain = next((reason.removesuffix(s) for s in _SEVERITIES if reason.endswith(s)), reason)
    known = plain in whole_table(_TABLE)["reasons"]
    return _word("reasons", plain, language) if known else reason


def job_sentence(job: PageJob, language: str) -> str:
    """State and reasons in one line."""
    reasons = [reason_sentence(reason, language) for reason in job.reasons]
    mark = "；" if language.startswith("zh") else "; "
    return mark.join(dict.fromkeys([state_sentence(job.state, language), *reasons]))


def _word(part: str, key: str, language: str) -> str:
    return str(whole_table(_TABLE)[part][key]["zh" if language.startswith("zh") else "en"])
