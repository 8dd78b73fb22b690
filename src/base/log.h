/* log.h - one line for the operator on standard error. Spoken only by app, http and acts. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/err.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARN, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/* Lines above this level are dropped; LOG_LEVEL_INFO at start. Set once, before threads start. */
void log_set_level(enum log_level level);

/* Never personal data: name the record by its code or id. */
void log_line(enum log_level level, const char *fmt, ...) PRINTF(2, 3);

#endif
