"""`matters …`: list and search, show, check a station's own file."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.answers import Exit, complain, emit, say
from app.config.matters import Catalogue, catalogue_of, load_catalogue
from app.config.places import DataFolder
from app.config.texts import error_text
from app.domain.expressions import Expression
from app.domain.matters.form import Field, Section
from app.domain.matters.matter import MaterialNeed, Matter
from app.domain.matters.rule import Rule
from app.domain.matters.table import BackEnd


def _catalogue(options: argparse.Namespace) -> Catalogue:
    """Shipped matters, and the local ones of ``--data``."""
    folder = DataFolder(options.data) if options.data else DataFolder.default()
    return catalogue_of(folder.matters)


def _open(value: Any) -> Any:
    """What the back end fills says so in the answer too."""
    return value.value if isinstance(value, BackEnd) else value


def _row(matter: Matter, language: str) -> dict[str, Any]:
    return {
        "code": matter.code,
        "police_line": matter.police_line.zh,
        "number": matter.number,
        "name": matter.name(language),
        "initials": matter.initials,
        "document": matter.source.document,
        "line": matter.source.line,
        "version": matter.version,
        "offline": matter.offline,
    }


def listing(options: argparse.Namespace) -> int:
    """Every matter, or those that words find; entries that did not load with their reason."""
    catalogue = _catalogue(options)
    words = " ".join(options.words)
    matters = catalogue.search(words) if words else catalogue.matters
    if options.json:
        emit([_row(matter, options.language) for matter in matters])
    else:
        for matter in matters:
            say(f"{matter.code:8} {matter.initials[:12]:12} L{matter.source.line}  {matter.name(options.language)}")
    for fault in catalogue.faults:
        complain(fault, options.language)
    return Exit.SUCCESS


def _text_of(condition: bool | Expression | None) -> Any:
    return condition.text if isinstance(condition, Expression) else condition


def _field(field: Field, language: str) -> dict[str, Any]:
    return {
        "id": field.id,
        "label": field.zh if language.startswith("zh") else field.en,
        "kind": field.kind.value,
        "mandatory": _text_of(field.mandatory),
        "asked": _text_of(field.asked) if field.asked is not None else True,
        "table": field.table.id if field.table is not None else None,
        "prefill": [f"{p.origin.value}:{p.detail}" for p in field.prefill],
        "source": str(field.source),
    }


def _section(section: Section, language: str) -> dict[str, Any]:
    return {
        "id": section.id,
        "label": section.zh if language.startswith("zh") else section.en,
        "role": section.role.value if section.role is not None else None,
        "rows": section.rows,
        "optional": section.optional,
        "fields": [_field(field, language) for field in section.fields],
    }


def _material(need: MaterialNeed, language: str) -> dict[str, Any]:
    material = need.material
    return {
        "id": material.id,
        "name": material.name(language),
        "need": need.need.value,
        "when": _text_of(need.when),
        "provider": material.provider,
        "source": str(material.source),
    }


def _rule(rule: Rule, language: str) -> dict[str, Any]:
    return {
        "id": rule.id,
        "when": rule.condition.text,
        "each": rule.each,
        "verdict": rule.verdict.value,
        "sentence": rule.sentence(language),
        "source": str(rule.source),
    }


def _whole(matter: Matter, language: str) -> dict[str, Any]:
    depths, fees = matter.depths, matter.fees
    return {
        **_row(matter, language),
        "official_code": _open(matter.official_code),
        "depth": _open(depths)
        if isinstance(depths, BackEnd)
        else [{"name": d.name, "source": str(d.source)} for d in depths],
        "roles": [role.value for role in matter.roles],
        "form": [_section(section, language) for section in matter.form.sections],
        "materials": [_material(need, language) for need in matter.materials],
        "more_materials": BackEnd.FILLS.value if matter.materials_open else None,
        "rules": [_rule(rule, language) for rule in matter.rules],
        "days": _open(matter.days),
        "fees": _open(fees) if isinstance(fees, BackEnd) else [vars(fee) for fee in fees],
        "documents": [document.name(language) for document in matter.documents],
        "workflow": matter.workflow.id,
        "examples": len(matter.examples),
        "file": matter.file,
    }


def show(options: argparse.Namespace) -> int:
    """One matter whole: form, materials, rules with their source."""
    matter = _catalogue(options).matter(options.code)
    whole = _whole(matter, options.language)
    if options.json:
        emit(whole)
        return Exit.SUCCESS
    say(f"{matter.code} {matter.name(options.language)} ({matter.source}, v{matter.version})")
    for section in whole["form"]:
        say(f"  {section['label']}: {'、'.join(field['label'] for field in section['fields'])}")
    for material in whole["materials"]:
        say(f"  + {material['name']} [{material['need']}] {material['when'] or ''}  ({material['source']})")
    if matter.materials_open:
        say(f"  + {BackEnd.FILLS.value}")
    for rule in whole["rules"]:
        say(f"  {rule['verdict']:7} {rule['sentence']}  ({rule['source']})")
    return Exit.SUCCESS


def check(options: argparse.Namespace) -> int:
    """Load a station's own file above the shipped ones and say everything that is wrong in it."""
    catalogue = load_catalogue((options.file,))
    for fault in catalogue.faults:
        complain(fault, options.language)
    own = [matter for matter in catalogue.matters if matter.file == options.file.name]
    if options.json:
        faults = [error_text(fault, options.language) for fault in catalogue.faults]
        emit(
            {
                "file": options.file.name,
                "matters": [matter.code for matter in own],
                "faults": [{"code": f.code, "what": f.what, "next": f.next} for f in faults],
            }
        )
    else:
        for matter in own:
            say(f"✓ {matter.code} v{matter.version} {matter.name(options.language)}")
    return Exit.BAD_INPUT if catalogue.faults else Exit.SUCCESS
