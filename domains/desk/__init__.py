"""What looks over the whole shop: read models that join what belongs to several domains, and the doctor.

Owns no tables. The doctor's invariants are SQL over the live tables, numbered as the packages that keep them number
them; `shop doctor` runs them all.
"""

from domains.desk.doctor import Finding, Verdict, examine
from domains.desk.invariants import INVARIANTS, Invariant

__all__ = ["INVARIANTS", "Finding", "Invariant", "Verdict", "examine"]
