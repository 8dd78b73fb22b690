/* leader_chart.h - received and resolved per day or week, as bars drawn by the server. Inside web/ only. */
#ifndef WEB_LEADER_CHART_H
#define WEB_LEADER_CHART_H

#include "web/period.h"

enum err leader_chart(const struct web *w, const struct period *p, const struct figures *total, struct html *ret) MUST_CHECK;

#endif
