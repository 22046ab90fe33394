/* The monthly update by hand in C: what the compiled engine is measured against.

   The same arithmetic in the same order as simulation/rules/ and simulation/compiled/month.py, for a regime without arms
   (`none`): no matching, no links, no trusts. It is checked to give the engine's bits before it is timed. The types
   Council, Director, Sector, Month, Coefficients and the places of the decisions in the table of luck are written by
   c_loop.py from the engine's own records, so that both work on the same memory. */

#include "maths.h"

#include <math.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

enum { INADEQUATE, REQUIRES_IMPROVEMENT, GOOD, OUTSTANDING };
enum { PERMANENT, POOL, RESTING, LEFT };
enum { INTERIM = -1, UNFILLED = -2, NOBODY = -1 };
enum { CHILDREN, ADULT_CARE, FINANCE, PLACE };
enum { MOVER, RETURNER, FIRST_TIME };
enum { DISMISSED, BY_CHOICE };

#define AGENCY_USUAL 0.155
#define STUCK_MONTHS 72
#define NEED_DAYS 10.9
#define FAILURE_MONTHS 48
#define SETTLING_RATE (1.0 / 12.0)
#define SETTLING_MONTHS 256
#define RETURN_RATE (1.0 / 12.0)
#define ADJUSTMENT_RATE (1.0 / 6.0)

typedef struct {
    Council *councils;
    int64_t n;
    Director *directors;
    Sector *sector;
    Month *row;
    const Coefficients *c;
    const double *luck;
    int64_t pause_from, pause_to;
    double *region_gaps;
    int64_t *region_counts;
    int64_t regions;
    int64_t *at_risk, *mended;
    int64_t followed;
    int64_t *filled;
} World;

static inline double least(double a, double b) { return b < a ? b : a; }
static inline double most(double a, double b) { return b > a ? b : a; }
static inline double draw(const World *w, int decision, int64_t i) { return w->luck[decision * w->n + i]; }
static inline int64_t pence(double pounds) { return (int64_t)floor(pounds * 100.0 + 0.5); }

/* Sums over councils. */

static double mean_quality(const World *w) {
    double total = 0.0;
    for (int64_t i = 0; i < w->n; i++) total += w->councils[i].quality;
    return total / w->n;
}

static double mean_leadership(const World *w) {
    double total = 0.0;
    for (int64_t i = 0; i < w->n; i++) total += w->councils[i].leadership;
    return total / w->n;
}

static double mean_press(const World *w) {
    double total = 0.0;
    for (int64_t i = 0; i < w->n; i++) total += w->councils[i].press;
    return total / w->n;
}

static void regional_gaps(const World *w) {
    for (int64_t r = 0; r < w->regions; r++) {
        w->region_gaps[r] = 0.0;
        w->region_counts[r] = 0;
    }
    double total = 0.0;
    for (int64_t i = 0; i < w->n; i++) {
        double quality = w->councils[i].quality - w->c->relative_spillover * w->councils[i].structural_level;
        total += quality;
        w->region_gaps[w->councils[i].region] += quality;
        w->region_counts[w->councils[i].region] += 1;
    }
    for (int64_t r = 0; r < w->regions; r++) w->region_gaps[r] = w->region_gaps[r] / w->region_counts[r] - total / w->n;
}

/* Phase 1: pressure, attention and leadership. */

static inline void update_attention(Chief *chief) {
    const double *s = chief->salience;
    double total = s[CHILDREN] + s[ADULT_CARE] + s[FINANCE] + s[PLACE];
    chief->attention = s[CHILDREN] / total;
}

static inline void update_pressure(Council *council, double gap, const Coefficients *c) {
    double tilted = gap * most(0.0, 1.0 + 0.25 * council->deprivation * c->poverty_tilt);
    if (council->trust_months == NOBODY)
        tilted *= most(0.0, 1.0 - c->corporate_protection * (council->chief.attention - c->attention_base));
    council->pressure = tilted;
}

static double settling_by_month[SETTLING_MONTHS];

static inline double settling(int64_t months) {
    return months < SETTLING_MONTHS ? settling_by_month[months] : exponential(-SETTLING_RATE * months);
}

static inline double direction(const Council *council, const Director *director, const Council *partner,
                               const Director *partner_director, const Coefficients *c) {
    double value;
    if (council->partner != NOBODY && partner->seat >= 0) {
        value = 0.7 * c->director_effect * partner_director->ability - 0.3 * c->interim_penalty;
    } else if (council->seat >= 0) {
        double novelty = director->months_as_director - director->months_in_post < 6 ? 1.0 : 0.5;
        value = c->director_effect * director->ability
                - c->succession_dip * novelty * settling(director->months_in_post);
    } else {
        value = c->director_effect * council->interim_ability - c->interim_penalty;
    }
    if (council->partner_of != NOBODY) value -= 0.5 * c->interim_penalty;
    if (council->trust_months != NOBODY) value -= 0.30 * exponential(-(LN2 / 12.0) * council->trust_months);
    return value;
}

static inline double attention_push(double attention, const Coefficients *c) {
    double excess = attention - c->attention_base;
    return c->inverted_attention == 1 ? excess * (1.0 - excess / 0.30) : excess;
}

static inline const Director *director_of(const World *w, const Council *council) {
    return &w->directors[council->seat > 0 ? council->seat : 0];
}

static inline double overload(double days_given, const Coefficients *c) {
    if (days_given <= c->safe_release) return 0.0;
    return c->overload_cost * (days_given - c->safe_release) / 10.0;
}

static inline void update_leadership(const World *w, Council *council) {
    const Coefficients *c = w->c;
    const Council *partner = &w->councils[council->partner != NOBODY ? council->partner : council->index];
    double value = direction(council, director_of(w, council), partner, director_of(w, partner), c);
    if (council->trust_months == NOBODY) value += c->attention_effect * attention_push(council->chief.attention, c);
    value -= c->agency_effect * (council->agency_share - AGENCY_USUAL);
    council->leadership = value - overload(council->days_given, c);
}

static void feel_pressure(const World *w) {
    int first = w->sector->month == 0;
    for (int64_t i = 0; i < w->n; i++) {
        Council *council = &w->councils[i];
        update_attention(&council->chief);
        update_pressure(council, w->sector->gap, w->c);
        if (first) council->pressure_start = council->pressure;
    }
    for (int64_t i = 0; i < w->n; i++) update_leadership(w, &w->councils[i]);
    if (first) w->sector->leadership_start = mean_leadership(w);
}

/* Phase 2: quality, and collapses. */

static double pull_by_month[SETTLING_MONTHS];

static inline double intervention(const Council *council, const Coefficients *c) {
    int64_t months = council->months_since_inadequate;
    if (c->intervention_pull == 0.0 || months == NOBODY) return 0.0;
    double left = months < SETTLING_MONTHS ? pull_by_month[months] : exponential(-LN2 / 18.0 * months);
    return c->intervention_pull * left / 12.0 * (c->intervention_level - council->quality);
}

static inline double drift(int64_t month, const Coefficients *c) {
    double months = month < c->drift_months ? month : c->drift_months;
    return c->national_drift * months / 12.0;
}

static void practise(const World *w) {
    const Coefficients *c = w->c;
    const Sector *sector = w->sector;
    double rise = drift(c->drift_from + sector->month, c) - drift(c->drift_from, c);
    regional_gaps(w);
    for (int64_t i = 0; i < w->n; i++) {
        Council *council = &w->councils[i];
        double target = council->structural_level + rise -
                        c->pressure_effect * (council->pressure - council->pressure_start) +
                        (council->leadership -
                         (c->own_leadership == 1 ? council->usual_leadership : sector->leadership_start)) +
                        council->borrowed_practice +
                        council->alarm + c->regional_spillover * w->region_gaps[council->region];
        double distance = target - council->quality;
        council->quality += distance * c->quality_step + intervention(council, c) + c->shock * draw(w, QUALITY, i);
        if (council->grade != INADEQUATE && draw(w, COLLAPSE, i) < c->collapse_chance)
            council->quality -= most(0.0, 1.4 + 0.4 * draw(w, COLLAPSE_DEPTH, i));
    }
    w->sector->mean_quality = mean_quality(w);
}

/* Phase 3: agency share, then decays. */

static inline double felt_stigma(const Council *council, const Coefficients *c) {
    if (council->labelled_receiver == 1) return least(1.0, council->stigma + c->label_stigma);
    return council->stigma;
}

static void staff(const World *w) {
    const Coefficients *c = w->c;
    for (int64_t i = 0; i < w->n; i++) {
        Council *council = &w->councils[i];
        double share = AGENCY_USUAL + c->stigma_agency_effect * felt_stigma(council, c);
        share -= c->quality_agency_effect * council->quality;
        if (council->labelled_giver == 1) share -= c->label_prestige;
        double distance = share - council->agency_share;
        council->agency_share = least(0.60, most(0.02, council->agency_share + distance * ADJUSTMENT_RATE));
        council->stigma *= c->stigma_keep;
        council->alarm *= c->alarm_keep;
        council->press *= c->press_keep;
        council->borrowed_practice *= c->borrowed_keep;
    }
    w->sector->mean_press = mean_press(w);
}

/* Phase 4: chiefs' salience, crises and new chiefs. */

static inline void update_salience(Council *council) {
    double shift = council->attention_shift;
    if (council->trust_months != NOBODY) shift *= 0.5;
    double *s = council->chief.salience;
    const double *base = council->chief.base_salience;
    double children = base[CHILDREN];
    if (shift != 0.0) children = most(0.01, children + shift);
    s[CHILDREN] += (children - s[CHILDREN]) * RETURN_RATE;
    s[ADULT_CARE] += (base[ADULT_CARE] - s[ADULT_CARE]) * RETURN_RATE;
    s[FINANCE] += (base[FINANCE] - s[FINANCE]) * RETURN_RATE;
    s[PLACE] += (base[PLACE] - s[PLACE]) * RETURN_RATE;
}

static void change_chief(Chief *chief, double outlook, const Coefficients *c) {
    double children = least(0.6, c->attention_base * exponential(0.3 * outlook));
    double rest = 1.0 - children;
    chief->base_salience[CHILDREN] = children;
    chief->base_salience[ADULT_CARE] = rest * 0.545;
    chief->base_salience[FINANCE] = rest * 0.195;
    chief->base_salience[PLACE] = rest * 0.26;
    memcpy(chief->salience, chief->base_salience, sizeof chief->salience);
}

static void look_elsewhere(const World *w) {
    const Coefficients *c = w->c;
    for (int64_t i = 0; i < w->n; i++) {
        Council *council = &w->councils[i];
        update_salience(council);
        if (draw(w, CRISIS, i) < c->crisis_chance)
            council->chief.salience[ADULT_CARE + (int64_t)(3.0 * draw(w, WHICH_CRISIS, i))] += 0.4;
        if (draw(w, CHIEF_LEAVES, i) < c->new_chief_chance) change_chief(&council->chief, draw(w, NEW_CHIEF, i), c);
    }
}

/* Phase 5: directors serve, rest and leave. */

static inline void lose_director(Council *council, const Coefficients *c) {
    council->borrowed_practice *= 1.0 - c->borrowed_loss_on_exit;
    council->exits += 1;
    council->months_vacant = 0;
}

static inline void seat_interim(const World *w, Council *council) {
    council->seat = INTERIM;
    council->interim_ability = 0.5 * draw(w, INTERIM_ABILITY, council->index);
    council->months_interim = 0;
    council->director_changes += 1;
    w->sector->director_changes += 1;
}

static inline void vacate_seat(const World *w, Council *council) {
    if (draw(w, ROUTE, council->index) < 0.72) {
        seat_interim(w, council);
    } else {
        council->seat = UNFILLED;
        council->interim_ability = 0.0;
    }
}

static void part(const World *w, Council *council, Director *director, int why) {
    double lost = why == DISMISSED ? w->c->lost_after_dismissal : w->c->lost_after_choice;
    if (why == DISMISSED)
        w->sector->dismissals += 1;
    else
        w->sector->voluntary_exits += 1;
    director->council = NOBODY;
    director->months_resting = 0;
    director->status = draw(w, FATE, council->index) < lost ? LEFT : RESTING;
    lose_director(council, w->c);
}

static inline int is_dismissed(const Director *director, const Council *council, double luck, const Coefficients *c) {
    if (luck >= c->dismissal_bound * council->press) return 0;
    double blame = 1.0 - exponential(-(director->months_in_post + 1) / 12.0);
    double shield = exponential(-c->attention_shield * (council->chief.attention - c->attention_base));
    return luck < 1.0 - exponential(-c->dismissal_scale * council->press * blame * shield);
}

static inline int leaves_by_choice(const Council *council, double mean, double luck, const Coefficients *c) {
    double strain = 1.0 + c->overload_exit * council->director_days_given / 20.0;
    if (luck >= c->exit_bound * strain) return 0;
    double standing = least(2.0, most(-2.0, council->quality - mean));
    return luck < c->exit_chance * strain * exponential(-c->exit_quality_slope * standing);
}

static void serve_and_rest(const World *w) {
    for (int64_t k = 0; k < w->sector->directors; k++) {
        Director *director = &w->directors[k];
        if (director->status == RESTING) {
            director->months_resting += 1;
            if (director->months_resting >= 6) director->status = POOL;
        } else if (director->status == PERMANENT) {
            director->months_in_post += 1;
            director->months_as_director += 1;
        }
    }
}

static void directors_leave(const World *w) {
    double mean = w->sector->mean_quality;
    serve_and_rest(w);
    for (int64_t i = 0; i < w->n; i++) {
        Council *council = &w->councils[i];
        if (council->seat < 0) {
            council->months_vacant += 1;
            if (council->seat == INTERIM) council->months_interim += 1;
            continue;
        }
        Director *director = &w->directors[council->seat];
        if (is_dismissed(director, council, draw(w, DISMISSAL, i), w->c))
            part(w, council, director, DISMISSED);
        else if (leaves_by_choice(council, mean, draw(w, LEAVING, i), w->c))
            part(w, council, director, BY_CHOICE);
        else
            continue;
        vacate_seat(w, council);
    }
}

/* Phase 6: supply and appointments. */

static int64_t pick_director(const World *w, int kind, double luck) {
    int64_t available = 0, count = w->sector->directors;
    for (int pass = 0; pass < 2; pass++) {
        int64_t chosen = (int64_t)(luck * available);
        for (int64_t k = 0; k < count; k++) {
            const Director *director = &w->directors[k];
            int comes = kind == MOVER ? director->status == PERMANENT && director->months_in_post >= 24
                                      : director->status == POOL;
            if (!comes) continue;
            if (pass == 0)
                available++;
            else if (chosen-- == 0)
                return k;
        }
        if (available == 0) return NOBODY;
    }
    return NOBODY;
}

static int64_t add_director(const World *w, double ability) {
    Director *director = &w->directors[w->sector->directors];
    director->ability = ability;
    director->months_in_post = 0;
    director->months_as_director = 0;
    director->status = PERMANENT;
    director->council = NOBODY;
    director->months_resting = 0;
    return w->sector->directors++;
}

static void take_post(const World *w, Director *director, Council *council, int64_t seat) {
    Sector *sector = w->sector;
    if (council->seat == INTERIM) {
        sector->interim_spells += 1;
        sector->interim_spell_months += council->months_interim;
    }
    sector->filled += 1;
    sector->vacancy_months += council->months_vacant;
    sector->appointed_ability_sum += director->ability;
    sector->director_changes += 1;
    council->director_changes += 1;
    council->seat = seat;
    council->interim_ability = 0.0;
    council->months_interim = 0;
    council->months_vacant = 0;
    director->status = PERMANENT;
    director->council = council->index;
    director->months_in_post = 0;
}

static void fill_seat(const World *w, Council *council, double available, int64_t vacancies) {
    int64_t i = council->index, seat = NOBODY;
    double luck = draw(w, APPOINTMENT, i);
    int kind = luck < 0.30 ? MOVER : luck < 0.30 + 0.065 ? RETURNER : FIRST_TIME;
    if (kind != FIRST_TIME) seat = pick_director(w, kind, draw(w, PICK, i));
    if (seat == NOBODY && w->sector->candidates >= 1.0) {
        w->sector->candidates -= 1.0;
        double few = 1.0 - available / (vacancies > 1 ? vacancies : 1);
        seat = add_director(w, draw(w, ABILITY, i) - 0.5 * most(0.0, few));
    }
    if (seat == NOBODY) {
        if (council->seat != INTERIM) seat_interim(w, council);
        return;
    }
    Director *director = &w->directors[seat];
    if (director->council != NOBODY) {
        Council *left = &w->councils[director->council];
        w->sector->moves += 1;
        lose_director(left, w->c);
        vacate_seat(w, left);
    }
    take_post(w, director, council, seat);
}

static void tire_pool(const World *w) {
    int64_t place = 0;
    for (int64_t k = 0; k < w->sector->directors; k++) {
        if (w->directors[k].status != POOL) continue;
        if (draw(w, POOL_LUCK, place % w->n) < w->c->pool_exit_chance) w->directors[k].status = LEFT;
        place++;
    }
}

static void appoint(const World *w) {
    Sector *sector = w->sector;
    const Coefficients *c = w->c;
    sector->press_climate += (sector->mean_press - sector->press_climate) / 12.0;
    double deterrent = 0.25 * c->press_supply_elasticity * (sector->press_climate / 0.03 - 1.0);
    sector->candidates = least(c->candidates_most, sector->candidates + c->candidates_inflow * exponential(-deterrent));
    tire_pool(w);
    int64_t vacancies = 0, pool = 0, filled = 0;
    for (int64_t i = 0; i < w->n; i++) vacancies += w->councils[i].seat < 0;
    for (int64_t k = 0; k < sector->directors; k++) pool += w->directors[k].status == POOL;
    sector->pool = pool;
    double available = sector->candidates + 0.5 * pool, factor = 1.25;
    if (vacancies != 0) factor = least(1.25, (available / (available + 0.5 * vacancies)) / 0.65);
    for (int64_t i = 0; i < w->n; i++) {
        const Council *council = &w->councils[i];
        if (council->seat >= 0) continue;
        double luck = draw(w, FILLING, i);
        if (council->seat == INTERIM && luck >= c->hiring_chance * factor * (1.0 - 0.3 * felt_stigma(council, c)))
            continue;
        int64_t at = filled++; /* in ascending order of luck, equals in order of code */
        for (; at > 0 && draw(w, FILLING, w->filled[at - 1]) > luck; at--) w->filled[at] = w->filled[at - 1];
        w->filled[at] = i;
    }
    for (int64_t k = 0; k < filled; k++) fill_seat(w, &w->councils[w->filled[k]], available, vacancies);
}

/* Phase 7: judgements. */

static int64_t grade_at_inspection(double seen, int64_t grade_before, int64_t framework, double leap, const Coefficients *c) {
    double good = framework == 1 ? c->sif_good_cut : c->good_cut;
    double outstanding = framework == 1 ? c->sif_outstanding_cut : c->outstanding_cut;
    if (grade_before >= GOOD) good -= c->anchor_good;
    if (grade_before == OUTSTANDING) outstanding -= c->anchor_outstanding;
    if (seen < c->inadequate_cut) return INADEQUATE;
    if (seen < good) return REQUIRES_IMPROVEMENT;
    if (seen < outstanding) return GOOD;
    return grade_before < GOOD && leap >= c->leap_to_outstanding ? GOOD : OUTSTANDING;
}

static void take_judgement(Council *council, int64_t grade, double loudness, const Coefficients *c) {
    if (grade == INADEQUATE) {
        council->press = loudness;
        council->stigma = loudness;
        council->alarm = c->alarm_push;
        council->chief.salience[CHILDREN] += 0.5;
        council->recovered = 1;
        council->months_since_inadequate = 0;
        if (council->months_failing == NOBODY) council->months_failing = 0;
    } else if (grade == REQUIRES_IMPROVEMENT) {
        council->stigma = 0.1 * loudness;
        council->chief.salience[CHILDREN] += 0.125;
        if (council->grade > grade) council->press = most(council->press, 0.3 * loudness);
    } else {
        council->stigma = 0.0;
    }
    council->grade = grade;
}

static void set_next_judgement(const World *w, Council *council, int64_t month, double luck) {
    static const int sooner[] = {8, 3, 0, 1};
    int64_t due = month + (int64_t)(41 - sooner[council->grade] + 12.0 * (luck - 0.5));
    if (month < w->pause_from && w->pause_from < due) due += w->pause_to - w->pause_from;
    if (w->pause_from <= due && due < w->pause_to) due = w->pause_to;
    council->next_judgement = due;
    council->next_framework = 0;
}

static void judge(const World *w) {
    int64_t month = w->sector->month;
    double loudness = month >= w->c->headline_until ? w->c->headline_removed : 1.0;
    for (int64_t i = 0; i < w->n; i++) {
        Council *council = &w->councils[i];
        if (council->next_judgement != month) continue;
        double seen = council->quality + w->c->inspection_noise * draw(w, INSPECTION, i);
        int64_t grade = grade_at_inspection(seen, council->grade, council->next_framework, draw(w, LEAP, i), w->c);
        w->sector->judgements += 1;
        if (grade < council->grade) w->sector->falls += 1;
        take_judgement(council, grade, loudness, w->c);
        set_next_judgement(w, council, month, draw(w, JUDGEMENT_GAP, i));
    }
}

/* Phase 9: what councils learn, and the ledger. */

static inline void learn(Council *council, int64_t months, const Coefficients *c) {
    double offer = council->grade >= GOOD ? 0.3 : 0.6;
    double days = council->days_received + offer, dose = 1.0;
    if (c->half_dose != 0.0) dose = days * days / (days * days + c->half_dose * c->half_dose);
    double absorption = months >= 6 ? 1.0 : 0.5;
    if (council->trust_months == NOBODY)
        absorption *= most(0.1, 1.0 + c->attention_absorption * (council->chief.attention - c->attention_base));
    double taken = (council->inflow + offer) * absorption * dose;
    council->borrowed_practice += c->transfer_rate / 100.0 * taken;
}

static inline double failure_share(int64_t months) {
    if (months < 12) return 0.047;
    if (months < 24) return 0.121;
    return months < 36 ? 0.102 : 0.122;
}

static void support_and_pay(const World *w) {
    const Coefficients *c = w->c;
    for (int64_t i = 0; i < w->n; i++) {
        Council *council = &w->councils[i];
        council->days_given = 0.0;
        council->director_days_given = 0.0;
        council->days_received = 0.0;
        council->inflow = 0.0;
    }
    for (int64_t i = 0; i < w->n; i++) {
        Council *council = &w->councils[i];
        learn(council, council->seat >= 0 ? w->directors[council->seat].months_in_post : 0, c);
        if (council->days_given > 0.0)
            council->borrowed_practice += c->giver_learning * (c->transfer_rate / 100.0) * council->days_given;
        if (council->partner != NOBODY) council->partnership_months += 1;
        if (council->trust_months != NOBODY) council->trust_months += 1;
        int64_t months = council->months_since_inadequate;
        if (months != NOBODY && months < FAILURE_MONTHS)
            w->sector->failure_cost += pence(failure_share(months) * council->monthly_budget);
    }
    w->sector->funding_gap = pence(w->sector->gap * w->sector->monthly_budget);
}

/* Phase 10: histories, and what is seen of the month. */

static void add_to_histories(const World *w) {
    for (int64_t i = 0; i < w->n; i++) {
        Council *council = &w->councils[i];
        council->months_inadequate += council->grade == INADEQUATE;
        council->months_below_good = council->grade < GOOD ? council->months_below_good + 1 : 0;
        council->quality_sum += council->quality;
        council->months_giving += council->days_given > 0.0;
        council->days_given_sum += council->days_given;
        council->days_received_sum += council->days_received;
        if (council->months_since_inadequate != NOBODY) council->months_since_inadequate += 1;
        int64_t months = council->months_failing;
        if (months == NOBODY) continue;
        if (months < w->followed) {
            w->at_risk[months] += 1;
            if (council->grade >= GOOD) w->mended[months] += 1;
        }
        council->months_failing = council->grade >= GOOD ? NOBODY : months + 1;
    }
}

static void record_grades(const World *w) {
    Month *row = w->row;
    int64_t stuck_after = w->sector->month + 1 < STUCK_MONTHS ? w->sector->month + 1 : STUCK_MONTHS;
    int64_t inadequate = 0, requires_improvement = 0, outstanding = 0, below_cut = 0, stuck = 0;
    double children = 0.0;
    for (int64_t i = 0; i < w->n; i++) {
        const Council *council = &w->councils[i];
        if (council->grade == INADEQUATE) {
            inadequate++;
            children += council->children_in_need;
        } else if (council->grade == REQUIRES_IMPROVEMENT) {
            requires_improvement++;
        } else if (council->grade == OUTSTANDING) {
            outstanding++;
        }
        below_cut += council->quality < w->c->inadequate_cut;
        stuck += council->months_below_good >= stuck_after;
    }
    row->inadequate = inadequate;
    row->requires_improvement = requires_improvement;
    row->outstanding = outstanding;
    row->good = w->n - inadequate - requires_improvement - outstanding;
    row->inadequate_children = children;
    row->below_cut = below_cut;
    row->stuck = stuck;
    row->good_or_better = (double)(row->good + row->outstanding) / w->n;
}

static double deviation(int64_t count, double total, double squares) {
    if (count < 2) return 0.0;
    double own_mean = total / count;
    return sqrt(most(0.0, squares / count - own_mean * own_mean));
}

static double bimodality(double n, double second, double third, double fourth) {
    if (n < 4 || second * second <= 0.0) return 0.0;
    double skewness = third / (second * sqrt(second)) * sqrt(n * (n - 1.0)) / (n - 2.0);
    double excess = (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * (fourth / (second * second) - 3.0) + 6.0);
    return (skewness * skewness + 1.0) / (excess + 3.0 * (n - 1.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0)));
}

static void record_quality(const World *w) {
    double mean = w->sector->mean_quality, total = 0.0, second = 0.0, third = 0.0, fourth = 0.0;
    double their_total = 0.0, their_squares = 0.0;
    int64_t not_giving = 0;
    for (int64_t i = 0; i < w->n; i++) {
        double distance = w->councils[i].quality - mean, square = distance * distance;
        total += distance;
        second += square;
        third += square * distance;
        fourth += square * square;
        if (w->councils[i].days_given == 0.0) {
            not_giving++;
            their_total += distance;
            their_squares += square;
        }
    }
    w->row->mean_quality = mean;
    w->row->quality_spread = deviation(w->n, total, second);
    w->row->quality_spread_not_giving = deviation(not_giving, their_total, their_squares);
    w->row->bimodality = bimodality(w->n, second / w->n, third / w->n, fourth / w->n);
}

static void record_directors(const World *w) {
    int64_t in_post = 0, months = 0, interims = 0, pool = 0;
    for (int64_t i = 0; i < w->n; i++) {
        int64_t seat = w->councils[i].seat;
        if (seat >= 0) {
            in_post += 1;
            months += w->directors[seat].months_in_post;
        } else if (seat == INTERIM) {
            interims += 1;
        }
    }
    for (int64_t k = 0; k < w->sector->directors; k++) pool += w->directors[k].status == POOL;
    w->sector->pool = pool;
    w->row->interims = interims;
    w->row->months_in_post = (double)months / (in_post > 1 ? in_post : 1);
    w->row->pool = pool;
}

static void record_attention(const World *w) {
    double children = 0.0, adult_care = 0.0, finance = 0.0, place = 0.0, agency = 0.0, n = w->n;
    for (int64_t i = 0; i < w->n; i++) {
        const double *s = w->councils[i].chief.salience;
        double share = 1.0 / (s[CHILDREN] + s[ADULT_CARE] + s[FINANCE] + s[PLACE]);
        children += s[CHILDREN] * share;
        adult_care += s[ADULT_CARE] * share;
        finance += s[FINANCE] * share;
        place += s[PLACE] * share;
        agency += w->councils[i].agency_share;
    }
    w->row->attention = children / n;
    w->row->attention_adult_care = adult_care / n;
    w->row->attention_finance = finance / n;
    w->row->attention_place = place / n;
    w->row->agency_share = agency / n;
}

static void record_support(const World *w) {
    int64_t givers = 0, receivers = 0, over_release = 0, waiting = 0, partnerships = 0, trusts = 0, needy = 0;
    double unmet = 0.0;
    for (int64_t i = 0; i < w->n; i++) {
        const Council *council = &w->councils[i];
        if (council->days_given > 0.0) {
            givers++;
            over_release += council->days_given > w->c->safe_release;
        }
        receivers += council->days_received > 0.0;
        partnerships += council->partner != NOBODY;
        trusts += council->trust_months != NOBODY;
        if (council->grade >= GOOD) continue;
        needy++;
        waiting += council->days_received == 0.0;
        unmet += most(0.0, NEED_DAYS - council->days_received);
    }
    w->row->givers = givers;
    w->row->receivers = receivers;
    w->row->over_release = over_release;
    w->row->waiting = waiting;
    w->row->partnerships = partnerships;
    w->row->trusts = trusts;
    w->row->need_days = NEED_DAYS * needy;
    w->row->unmet_days = unmet;
}

static void record_sector(const World *w) {
    Month *row = w->row;
    const Sector *sector = w->sector;
    row->judgements = sector->judgements;
    row->falls = sector->falls;
    row->director_changes = sector->director_changes;
    row->dismissals = sector->dismissals;
    row->voluntary_exits = sector->voluntary_exits;
    row->moves = sector->moves;
    row->filled = sector->filled;
    row->vacancy_months = sector->vacancy_months;
    row->interim_spells = sector->interim_spells;
    row->interim_spell_months = sector->interim_spell_months;
    row->appointed_ability_sum = sector->appointed_ability_sum;
    row->candidates = sector->candidates;
    row->press_climate = sector->press_climate;
    row->days_pledged = sector->days_pledged;
    row->days_delivered = sector->days_delivered;
    row->director_days = sector->director_days;
    row->programme_cash = sector->programme_cash / 100.0;
    row->programme_shadow = sector->programme_shadow / 100.0;
    row->trust_cost = sector->trust_cost / 100.0;
    row->failure_cost = sector->failure_cost / 100.0;
    row->funding_gap = sector->funding_gap / 100.0;
    row->over_budget = 0; /* trusts alone can overspend */
}

static void record_month(const World *w) {
    add_to_histories(w);
    record_grades(w);
    record_quality(w);
    record_directors(w);
    record_attention(w);
    record_support(w);
    record_sector(w);
}

static void clear_month(Sector *sector) {
    sector->director_changes = sector->dismissals = sector->voluntary_exits = sector->moves = sector->filled = 0;
    sector->vacancy_months = sector->interim_spells = sector->interim_spell_months = 0;
    sector->appointed_ability_sum = 0.0;
    sector->judgements = sector->falls = 0;
    sector->days_pledged = sector->days_delivered = sector->director_days = 0.0;
    sector->programme_cash = sector->programme_shadow = sector->trust_cost = 0;
    sector->failure_cost = sector->funding_gap = 0;
}

/* Run all months: `luck` is of shape (months, decisions, councils), `gaps` of (months,). `spent`, unless it is null, gets
   the seconds of every phase added. */

static double now(void) {
    struct timespec read;
    clock_gettime(CLOCK_MONOTONIC, &read);
    return read.tv_sec + 1e-9 * read.tv_nsec;
}

static void run_phase(void (*phase)(const World *), const World *w, double *spent) {
    double since = spent ? now() : 0.0;
    phase(w);
    if (spent) *spent += now() - since;
}

void run_months(World *w, const double *luck, const double *gaps, int64_t months, double *spent) {
    static void (*const phases[])(const World *) = {feel_pressure,   practise, staff, look_elsewhere,  directors_leave,
                                                    appoint, judge, support_and_pay, record_month};
    Month *rows = w->row;
    if (settling_by_month[0] == 0.0)
        for (int64_t m = 0; m < SETTLING_MONTHS; m++) {
            settling_by_month[m] = exponential(-SETTLING_RATE * m);
            pull_by_month[m] = exponential(-LN2 / 18.0 * m);
        }
    for (int64_t month = 0; month < months; month++) {
        w->sector->month = month;
        w->sector->gap = gaps[month];
        w->row = rows + month;
        w->luck = luck + month * DECISIONS * w->n;
        clear_month(w->sector);
        for (int k = 0; k < (int)(sizeof phases / sizeof *phases); k++)
            run_phase(phases[k], w, spent ? spent + k : 0);
    }
}
