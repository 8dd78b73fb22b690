/* calendar.h - pages that change a calendar; inside web/ only. */
#ifndef WEB_CALENDAR_H
#define WEB_CALENDAR_H

#include "web/form.h"

extern const struct http_field CALENDAR_DAY_FIELDS[], CALENDAR_HOURS_FIELDS[], CALENDAR_NEW_FIELDS[];

struct url calendar_url(const struct web *w, int64_t calendar, int year);

web_handler calendar_show_day, calendar_set_day, calendar_show_hours, calendar_set_hours, calendar_show_new, calendar_add;

#endif
