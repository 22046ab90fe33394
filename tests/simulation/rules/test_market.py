"""The market for directors (E8-E10), each month worked out again from the state before it and the luck of the month.

Nothing here calls a rule.
"""

import math
import statistics

import pytest

from simulation import Parameters, SectorModel

MONTHS = 60
LIVELY = {"voluntary_exit_rate": 0.3, "dismissal_probability": 0.8, "hiring_time": 5.0, "pool_exit_rate": 0.5}
"""Parameters under which much happens in a small sector."""

PERMANENT, POOL, RESTING, LEFT = range(4)
INTERIM, DIRECT = -1, -2


class Market:
    """Directors and seats as the specification moves them through phases 5 and 6 of a month."""

    def __init__(self, model, parameters):
        self.p = parameters
        self.n = model.table.n
        self.scale = self.n / 152
        names = ("ability", "months_in_post", "months_as_director", "status", "council", "months_resting")
        self.directors = [{name: getattr(d, name) for name in names} for d in model.directors]
        self.seats = [k.seat for k in model.councils]
        self.interim_ability = [k.interim_ability for k in model.councils]
        self.exits = [k.exits for k in model.councils]
        self.changes = [k.director_changes for k in model.councils]
        self.candidates, self.climate = model.sector.candidates, model.sector.press_climate
        self.press = [k.press * 2 ** (-1 / 6) for k in model.councils]
        self.stigma = [k.stigma * 2 ** (-1 / 24) for k in model.councils]
        self.label = [k.labelled_receiver for k in model.councils]
        self.attention = [k.chief.salience[0] / sum(k.chief.salience) for k in model.councils]
        self.days = [k.director_days_given for k in model.councils]
        self.trust_from = [k.trust_from for k in model.councils]

    def run(self, model, month):
        self.luck = {name: rows[month] for name, rows in model.chance.rows.items()}
        self.quality = [k.quality for k in model.councils]
        self.leave()
        for i in range(self.n):
            if self.trust_from[i] == month:
                self.start_trust(i)
        self.appoint()

    def leave(self):
        for d in self.directors:
            if d["status"] == RESTING:
                d["months_resting"] += 1
                d["status"] = POOL if d["months_resting"] >= 6 else RESTING
            elif d["status"] == PERMANENT:
                d["months_in_post"] += 1
                d["months_as_director"] += 1
        for i in range(self.n):
            if self.seats[i] >= 0 and (why := self.why_leaves(i)):
                self.exit(i, why)
                self.vacate(i)

    def why_leaves(self, i):
        director = self.directors[self.seats[i]]
        weights = (2 ** (-m / 6) * (1 - math.exp(-(m + 25) / 12)) for m in range(1, 13))
        hazard = -math.log(1 - self.p.dismissal_probability) / math.fsum(weights) * self.press[i]
        hazard *= 1 - math.exp(-(director["months_in_post"] + 1) / 12)
        hazard *= math.exp(-self.p.attention_shield * (self.attention[i] - self.p.attention_base))
        if self.luck["dismissal"][i] < 1 - math.exp(-hazard):
            return self.p.lost_after_dismissal
        gap = self.quality[i] - statistics.fmean(self.quality)
        chance = (1 - (1 - self.p.voluntary_exit_rate) ** (1 / 12)) * (1 + self.p.overload_exit * self.days[i] / 20)
        chance *= math.exp(-self.p.exit_quality_slope * min(2, max(-2, gap)))
        return self.p.lost_after_choice if self.luck["leaving"][i] < chance else 0.0

    def exit(self, i, lost):
        director = self.directors[self.seats[i]]
        director["status"] = LEFT if self.luck["fate"][i] < lost else RESTING
        director["council"], director["months_resting"] = -1, 0
        self.exits[i] += 1

    def vacate(self, i):
        self.seats[i] = DIRECT
        if self.luck["route"][i] < 0.72:
            self.seat_interim(i)

    def seat_interim(self, i):
        self.seats[i] = INTERIM
        self.interim_ability[i] = 0.5 * self.luck["interim_ability"][i]
        self.changes[i] += 1

    def start_trust(self, i):
        if self.seats[i] >= 0:
            self.exit(i, self.p.lost_after_choice)
        self.hire(i, self.newcomer(0.4 + self.luck["ability"][i], served=30))

    def newcomer(self, ability, served=0):
        fresh = {"ability": ability, "months_in_post": 0, "months_as_director": served, "months_resting": 0}
        self.directors.append(fresh | {"status": PERMANENT, "council": -1})
        return len(self.directors) - 1

    def hire(self, i, seat):
        self.directors[seat] |= {"status": PERMANENT, "council": i, "months_in_post": 0}
        self.seats[i] = seat
        self.changes[i] += 1

    def appoint(self):
        self.climate += (statistics.fmean(self.press) - self.climate) / 12
        inflow = 21 / 12 * self.scale * math.exp(-0.25 * self.p.press_supply_elasticity * (self.climate / 0.03 - 1))
        self.candidates = min(40 * self.scale, self.candidates + inflow)
        pool = [d for d in self.directors if d["status"] == POOL]
        for d, luck in zip(pool, self.luck["pool"], strict=False):
            if luck < 1 - (1 - self.p.pool_exit_rate) ** (1 / 12):
                d["status"] = LEFT
        vacant = [i for i in range(self.n) if self.seats[i] < 0]
        c = self.candidates + 0.5 * sum(d["status"] == POOL for d in self.directors)
        factor = min(1.25, c / (c + 0.5 * len(vacant)) / 0.65) if vacant else 1.25
        filled = [i for i in vacant if self.seats[i] == DIRECT or self.luck["filling"][i] < self.hiring(i, factor)]
        for i in sorted(filled, key=lambda i: self.luck["filling"][i]):
            self.fill(i, c, len(vacant))

    def hiring(self, i, factor):
        stigma = min(1.0, self.stigma[i] + self.p.label_stigma * self.label[i])
        return (1 - math.exp(-1 / self.p.hiring_time)) * factor * (1 - 0.3 * stigma)

    def fill(self, i, c, vacancies):
        kind, seat = self.luck["appointment"][i], None
        if kind < 0.30:
            able = [k for k, d in enumerate(self.directors) if d["status"] == PERMANENT and d["months_in_post"] >= 24]
        else:
            able = [k for k, d in enumerate(self.directors) if d["status"] == POOL]
        if kind < 0.365 and able:
            seat = able[int(self.luck["pick"][i] * len(able))]
        elif self.candidates >= 1:
            self.candidates -= 1
            seat = self.newcomer(self.luck["ability"][i] - 0.5 * max(0, 1 - c / max(1, vacancies)))
        if seat is None:
            if self.seats[i] == DIRECT:
                self.seat_interim(i)
            return
        old = self.directors[seat]["council"]
        if old >= 0:
            self.exits[old] += 1
            self.vacate(old)
        self.hire(i, seat)


@pytest.mark.parametrize(
    ("regime", "elasticity"), [("none", 1.0), ("partners_in_practice", 1.0), ("childrens_trust", 4.0)]
)
def test_directors_seats_and_supply_are_as_specified_month_by_month(sector, regime, elasticity):
    parameters = Parameters(**(LIVELY | {"press_supply_elasticity": elasticity}))
    n = 36
    table = sector(
        n, grade=tuple((0, 0, 1, 2, 2, 3)[i % 6] for i in range(n)), first_month=tuple(i % 7 for i in range(n))
    )
    model = SectorModel(regime, months=MONTHS, councils=table, parameters=parameters, replicate=3)
    kinds = {"moves": 0, "dismissals": 0, "voluntary_exits": 0, "filled": 0}
    for month in range(MONTHS):
        market = Market(model, parameters)
        model.step()
        market.run(model, month)
        assert [k.seat for k in model.councils] == market.seats
        assert [k.exits for k in model.councils] == market.exits
        assert [k.director_changes for k in model.councils] == market.changes
        assert model.sector.candidates == pytest.approx(market.candidates)
        assert model.sector.press_climate == pytest.approx(market.climate)
        assert [(d.status, d.council) for d in model.directors] == [
            (d["status"], d["council"]) for d in market.directors
        ]
        assert [d.ability for d in model.directors] == pytest.approx([d["ability"] for d in market.directors])
        assert [d.months_as_director for d in model.directors] == [d["months_as_director"] for d in market.directors]
        interims = [i for i in range(n) if market.seats[i] == INTERIM]
        assert [model.councils[i].interim_ability for i in interims] == pytest.approx(
            [market.interim_ability[i] for i in interims]
        )
        for kind in kinds:
            kinds[kind] += getattr(model.row, kind)
    assert min(kinds.values()) >= 3
    statuses = {director.status for director in model.directors}
    assert statuses <= {PERMANENT, POOL, RESTING, LEFT}
