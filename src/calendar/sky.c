#include "calendar/sky.h"

#include <math.h>
#include <stddef.h>

static const double DAY_OF_J2000 = 10957.5; /* 2000-01-01T12:00 */
static const double CENTURY = 36525.0;

static double radians(double degrees)
{
    return fmod(degrees, 360.0) * M_PI / 180.0;
}

/* The clocks of the sky (TT) are ahead of the earth's turning by so many seconds. Observed up to
 * 2020, a guess afterwards. */
static double ahead(double day)
{
    static const struct {
        double year, seconds;
    } OBSERVED[] = {
        {1900, -2.8}, {1910, 10.4}, {1920, 21.1}, {1930, 24.0}, {1940, 24.3}, {1950, 29.1},
        {1960, 33.1}, {1970, 40.2}, {1980, 50.5}, {1990, 56.9}, {2000, 63.8}, {2010, 66.1},
        {2020, 69.4}, {2050, 78.0}, {2100, 110.0}, {2200, 220.0},
    };
    const size_t last = sizeof OBSERVED / sizeof OBSERVED[0] - 1;
    double year = 2000.0 + (day - DAY_OF_J2000) / 365.25;
    size_t i = 0;

    while (i + 1 < last && year > OBSERVED[i + 1].year)
        i++;
    double part = (year - OBSERVED[i].year) / (OBSERVED[i + 1].year - OBSERVED[i].year);
    return OBSERVED[i].seconds + part * (OBSERVED[i + 1].seconds - OBSERVED[i].seconds);
}

/* ---- the moon: chapter 49 ---- */

/* amount * e^power * sin(sun * M + moon * M' + node * F) */
static const struct moon_term {
    double amount;
    int power, sun, moon, node;
} MOON[] = {
    {-0.40720, 0, 0, 1, 0},  {0.17241, 1, 1, 0, 0},   {0.01608, 0, 0, 2, 0},   {0.01039, 0, 0, 0, 2},
    {0.00739, 1, -1, 1, 0},  {-0.00514, 1, 1, 1, 0},  {0.00208, 2, 2, 0, 0},   {-0.00111, 0, 0, 1, -2},
    {-0.00057, 0, 0, 1, 2},  {0.00056, 1, 1, 2, 0},   {-0.00042, 0, 0, 3, 0},  {0.00042, 1, 1, 0, 2},
    {0.00038, 1, 1, 0, -2},  {-0.00024, 1, -1, 2, 0}, {-0.00007, 0, 2, 1, 0},  {0.00004, 0, 0, 2, -2},
    {0.00004, 0, 3, 0, 0},   {0.00003, 0, 1, 1, -2},  {0.00003, 0, 0, 2, 2},   {-0.00003, 0, 1, 1, 2},
    {0.00003, 0, -1, 1, 2},  {-0.00002, 0, -1, 1, -2}, {-0.00002, 0, 1, 3, 0}, {0.00002, 0, 0, 4, 0},
};

/* The pull of the planets: amount * sin(at + step * k), in millionths of a day. */
static const struct planet_term {
    double amount, at, step;
} PLANETS[] = {
    {325, 299.77, 0.107408},  {165, 251.88, 0.016321},  {164, 251.83, 26.651886}, {126, 349.42, 36.412478},
    {110, 84.66, 18.206239},  {62, 141.74, 53.303771},  {60, 207.14, 2.453732},   {56, 154.84, 7.306860},
    {47, 34.52, 27.261239},   {42, 207.19, 0.121824},   {40, 291.34, 1.844379},   {37, 161.72, 24.198154},
    {35, 239.56, 25.513099},  {23, 331.55, 3.592518},
};

double sky_new_moon(int k)
{
    const double n = k, t = n / 1236.85;
    const double e = 1 - 0.002516 * t - 0.0000074 * t * t;
    const double sun = radians(2.5534 + 29.10535670 * n - 0.0000014 * t * t);
    const double moon = radians(201.5643 + 385.81693528 * n + 0.0107582 * t * t + 0.00001238 * t * t * t);
    const double node = radians(160.7108 + 390.67050284 * n - 0.0016118 * t * t - 0.00000227 * t * t * t);
    const double ascending = radians(124.7746 - 1.56375588 * n + 0.0020672 * t * t);
    double day = DAY_OF_J2000 + 5.09766 + 29.530588861 * n + 0.00015437 * t * t - 0.00000015 * t * t * t;

    for (size_t i = 0; i < sizeof MOON / sizeof MOON[0]; i++) {
        const struct moon_term *m = &MOON[i];
        double weight = m->power == 0 ? 1 : m->power == 1 ? e : e * e;
        day += m->amount * weight * sin(m->sun * sun + m->moon * moon + m->node * node);
    }
    day -= 0.00017 * sin(ascending);
    for (size_t i = 0; i < sizeof PLANETS / sizeof PLANETS[0]; i++) {
        double at = PLANETS[i].at + PLANETS[i].step * n - (i == 0 ? 0.009173 * t * t : 0);
        day += PLANETS[i].amount * 1e-6 * sin(radians(at));
    }
    return day - ahead(day) / 86400.0;
}

/* ---- the sun: appendix III ---- */

/* amount * cos(at + step * t), in 1e-8 radians, t in thousands of years; times t to the power of the
 * table. */
struct sun_term {
    double amount, at, step;
};

static const struct sun_term SUN_0[] = {
    {175347046, 0, 0},
    {3341656, 4.6692568, 6283.0758500},
    {34894, 4.6261, 12566.1517},
    {3497, 2.7441, 5753.3849},
    {3418, 2.8289, 3.5231},
    {3136, 3.6277, 77713.7715},
    {2676, 4.4181, 7860.4194},
    {2343, 6.1352, 3930.2097},
    {1324, 0.7425, 11506.7698},
    {1273, 2.0371, 529.6910},
    {1199, 1.1096, 1577.3435},
    {990, 5.233, 5884.927},
    {902, 2.045, 26.298},
    {857, 3.508, 398.149},
    {780, 1.179, 5223.694},
    {753, 2.533, 5507.553},
    {505, 4.583, 18849.228},
    {492, 4.205, 775.523},
    {357, 2.920, 0.067},
    {317, 5.849, 11790.629},
    {284, 1.899, 796.298},
    {271, 0.315, 10977.079},
    {243, 0.345, 5486.778},
    {206, 4.806, 2544.314},
    {205, 1.869, 5573.143},
    {202, 2.458, 6069.777},
    {156, 0.833, 213.299},
    {132, 3.411, 2942.463},
    {126, 1.083, 20.775},
};
static const struct sun_term SUN_1[] = {
    {628331966747, 0, 0},      {206059, 2.678235, 6283.075850}, {4303, 2.6351, 12566.1517},
    {425, 1.590, 3.523},       {119, 5.796, 26.298},            {109, 2.966, 1577.344},
    {93, 2.59, 18849.23},      {72, 1.14, 529.69},              {68, 1.87, 398.15},
    {67, 4.41, 5507.55},       {59, 2.89, 5223.69},             {56, 2.17, 155.42},
};
static const struct sun_term SUN_2[] = {
    {52919, 0, 0}, {8720, 1.0721, 6283.0758}, {309, 0.867, 12566.152}};

static double sum(const struct sun_term *term, size_t count, double t)
{
    double total = 0;

    for (size_t i = 0; i < count; i++)
        total += term[i].amount * cos(term[i].at + term[i].step * t);
    return total * 1e-8;
}
#define SUM(table, t) sum(table, sizeof(table) / sizeof((table)[0]), t)

double sky_sun_longitude(double day)
{
    const double days = day + ahead(day) / 86400.0 - DAY_OF_J2000;
    const double century = days / CENTURY, t = century / 10;
    const double anomaly = radians(357.52911 + 35999.05029 * century);
    const double node = radians(125.04452 - 1934.136261 * century);
    const double sun = radians(280.4665 + 36000.7698 * century);
    const double moon = radians(218.3165 + 481267.8813 * century);

    double degrees = (SUM(SUN_0, t) + SUM(SUN_1, t) * t + SUM(SUN_2, t) * t * t) * 180.0 / M_PI + 180.0;
    /* Nutation, aberration (nearer in January) and the step to the FK5 system, in seconds of arc. */
    double seconds = -17.20 * sin(node) - 1.32 * sin(2 * sun) - 0.23 * sin(2 * moon) + 0.21 * sin(2 * node) -
                     20.4898 * (1 + 0.016709 * cos(anomaly)) - 0.09033;
    degrees = fmod(degrees + seconds / 3600.0, 360.0);
    return degrees < 0 ? degrees + 360.0 : degrees;
}
