"""Every domain's tables, gathered so that migrations can be compared with the models."""

import importlib
import importlib.util
import pkgutil

import domains

for _package in pkgutil.iter_modules(domains.__path__):
    _name = f"domains.{_package.name}.models"
    if importlib.util.find_spec(_name) is not None:
        importlib.import_module(_name)
