/* leader.h - the leader's page; inside web/ only. */
#ifndef WEB_LEADER_H
#define WEB_LEADER_H

#include "web/web.h"

enum err leader_page(struct web *w) MUST_CHECK;

#endif
