/* base_data_documents.h - types of documents, rows of numbers and issuers from data/; inside acts/ only. */
#ifndef ACTS_BASE_DATA_DOCUMENTS_H
#define ACTS_BASE_DATA_DOCUMENTS_H

#include "acts/base_data_procedures.h"

enum err base_document_type_load(struct base_loading *b, struct json o) MUST_CHECK;
enum err base_document_series_load(struct base_loading *b, struct json o) MUST_CHECK;
enum err base_document_issuer_load(struct base_loading *b, struct json o) MUST_CHECK;

#endif
