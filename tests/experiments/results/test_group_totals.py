"""Groups of councils: who is in which, and their totals of a run."""

import pandas as pd
import pytest

from experiments.results.group_totals import GROUP_COLUMNS, GROUP_KINDS, Groups
from simulation import load_councils, simulate


def test_groups_are_the_sums_of_their_councils():
    run = simulate("peer_support", months=5, engine="ensemble")
    groups = Groups(load_councils())
    found = pd.DataFrame(groups.totals(run.council_values), columns=list(GROUP_COLUMNS))
    row = 0
    for kind in GROUP_KINDS:
        for name, members in run.councils.groupby(kind, sort=True):
            assert groups.names[row].tolist() == [kind, str(name)]
            expected = [
                len(members),
                members.months_inadequate.sum(),
                members.mean_quality.mean(),
                members.days_given.sum(),
                members.days_received.sum(),
            ]
            assert found.loc[row].tolist() == pytest.approx(expected)
            row += 1
    assert row == len(groups)
