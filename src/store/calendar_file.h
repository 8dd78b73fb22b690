/* calendar_file.h - the calendar of an office as people write it: data/calendars/vn.yaml. */
#ifndef STORE_CALENDAR_FILE_H
#define STORE_CALENDAR_FILE_H

#include "calendar/deadline.h"
#include "format/fault.h"

/* Reads days and hours, sorted. ERR_INVALID: not of that form, a day twice, no hours; *ret_fault
 * (may be NULL) names the entry. */
enum err calendar_file_read(struct arena *a, struct str yaml, struct calendar *ret, struct fault *ret_fault) MUST_CHECK;

/* "holiday", "compensatory_off", "swapped_off", "swapped_work", "closed". */
bool day_kind_find(struct str code, enum day_kind *ret);
struct str day_kind_code(enum day_kind kind);

#endif
