"""Groups of parameters about which one would ask together: what somebody could go and find out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PARAMETER_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "what a day teaches": (
            "transfer_rate",
            "best_gap",
            "half_dose",
            "borrowed_decay",
            "borrowed_loss_on_exit",
            "gold_dust_premium",
            "attention_absorption",
            "unpaid_delivery",
        ),
        "what giving costs": (
            "safe_release",
            "overload_cost",
            "overload_exit",
            "director_share_paid",
            "director_share_unpaid",
            "pressure_on_giving",
            "giver_learning",
        ),
        "chiefs' attention": (
            "attention_base",
            "attention_effect",
            "attention_shield",
            "attention_shift_partners",
            "attention_shift_peers",
            "attention_shift_chiefs",
            "corporate_protection",
        ),
        "directors' market": (
            "voluntary_exit_rate",
            "dismissal_probability",
            "exit_quality_slope",
            "press_supply_elasticity",
            "lost_after_dismissal",
            "lost_after_choice",
            "pool_exit_rate",
            "hiring_time",
        ),
    }
)
"""Name of a group -> names of its parameters; a parameter is in one group at most, and some are in none."""
