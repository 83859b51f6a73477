"""No f-string formats a constant: in a pattern, `{0,40}` would become "(0, 40)" instead of a quantifier."""

import ast
from pathlib import Path

import pytest

JUKWAA = Path(__file__).parents[1] / "jukwaa"


def find_formatted_constants(source: str) -> list[str]:
    values = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FormattedValue)]
    return [
        f"line {value.lineno}: {ast.unparse(value)}" for value in values if isinstance(value, ast.Constant | ast.Tuple)
    ]


@pytest.mark.parametrize("quantifier", ["{3}", "{0,40}"])
def test_a_quantifier_with_single_braces_is_found(quantifier: str) -> None:
    assert find_formatted_constants(f'WORD = rf"{{LETTER}}{quantifier}"')
    assert not find_formatted_constants(f'WORD = rf"{{LETTER}}{{{quantifier}}}"')


def test_no_format_string_has_a_constant() -> None:
    found = {str(path): find_formatted_constants(path.read_text()) for path in JUKWAA.rglob("*.py")}
    assert {path: lines for path, lines in found.items() if lines} == {}
