/* receipt_paper.h - the receipt as a document: what its page says, for paper/pdf.h. Inside web/ only. */
#ifndef WEB_RECEIPT_PAPER_H
#define WEB_RECEIPT_PAPER_H

#include "paper/document.h"
#include "web/web.h"

#include "view_receipt.h"

/* Mẫu 01, A5; Vietnamese, as the form is. `on` chooses the layout, `made_at` goes into the file. */
struct paper_document receipt_document(struct arena *a, const struct view_receipt *v, struct date on, struct str made_at);

#endif
