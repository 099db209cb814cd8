"""``taizhang rules``: what is checked of every figure, and how grave it is."""

from __future__ import annotations

import argparse
import sys

from flows.commands.output import print_json_lines, table

HELP = """\
List the validation rules: id, ESS validation level, severity, and what each checks.

  taizhang rules
  taizhang rules --format jsonl
  taizhang sql "SELECT rule_id, document, message FROM findings WHERE severity = 'error'"    where they spoke

A rule of severity error keeps its figures out of the ledger: they wait in quarantine with the reason.
"""


def rules_command(args: argparse.Namespace) -> int:
    """Print the registry of rules."""
    from schemas.rules import REGISTRY, RULES_VERSION

    rules = [REGISTRY[rule_id] for rule_id in sorted(REGISTRY)]
    if args.format == "jsonl":
        fields = ("rule_id", "title", "ess_level", "severity", "description")
        print_json_lines({name: getattr(rule, name) for name in fields} for rule in rules)
        return 0
    head = ("rule", "level", "severity", "what it checks")
    print(table(head, [(r.rule_id, r.ess_level, r.severity, r.description) for r in rules], limit=110))
    sys.stdout.write(f"rules version {RULES_VERSION}\n")
    return 0


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare ``rules``."""
    parser = commands.add_parser(
        "rules",
        help="what is checked of every figure",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--format", choices=("table", "jsonl"), default="table", help="default: table")
    parser.set_defaults(run=rules_command)
