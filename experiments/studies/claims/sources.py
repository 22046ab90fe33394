"""Who made the claims, when and where, as far as it was found."""

from __future__ import annotations

LLOYD = (
    "Mark Lloyd, chief executive of the Local Government Association, at the Solace summit, 2017; reported by LGC, "
    "“Bid to get chiefs more involved in children's services improvement”"
)
MCRAE = "Merran McRae, chief executive of Wakefield, 2017; in the same LGC report as claims 1 to 3"
MADDEN = "Councillor Madden of Essex, for the Local Government Association, in a speech of 2017; reported by LGC"
LGA_GAP = "the Local Government Association's projection of 2016-17: two billion pounds short by 2020"
ROGERS = "Mark Rogers, former chief executive, “To the power of four”, The MJ, 12 October 2017"
NOT_FOUND = "said in the sector in 2017; who said it, and where, was not found"
