"""Amounts in Korean and English official prose: money, shares, areas, counts and lengths of time.

``find_amounts`` reads what is written and nothing more: values are exact decimals, a range keeps both ends, and
words such as 내외, 최대 or "at least" are kept as flags. ``format_amount`` says the same value in either language.
A bare 억 or 조 amount (``3천억``) is money in won, as Korean official papers mean it.
"""

from assistant.text.amounts.amount import MONEY, Amount, Bound, Unit
from assistant.text.amounts.formatting import format_amount
from assistant.text.amounts.reading import find_amounts

__all__ = ["MONEY", "Amount", "Bound", "Unit", "find_amounts", "format_amount"]
