/* exchange.h - what the page of a document shows of its way over a line. Inside web/ only. */
#ifndef WEB_EXCHANGE_H
#define WEB_EXCHANGE_H

#include "acts/exchange.h"
#include "web/web.h"

/* A card, or nothing for a document that was never on a line. */
enum err exchange_card(struct web *w, int64_t document, struct html *ret) MUST_CHECK;

#endif
