/* sky.h - where sun and moon stand, as far as a calendar needs it; inside this room only (lunar.c).
 *
 * Pure. Source of the series: Jean Meeus, Astronomical Algorithms, 2nd edition, chapters 25, 49 and
 * appendix III (VSOP87, cut where a term moves the sun by less than a quarter of a second of arc). */
#ifndef CALENDAR_SKY_H
#define CALENDAR_SKY_H

/* Time in days since 1970-01-01T00:00 UTC (UT1, to be exact: less than a second apart). */

/* The `k`-th new moon; 0 is that of 2000-01-06. Error about half a minute, 1900-2200. */
double sky_new_moon(int k);

/* Apparent ecliptic longitude of the sun in degrees, 0 <= x < 360. Error about 2" (a minute of
 * time). */
double sky_sun_longitude(double day);

#endif
