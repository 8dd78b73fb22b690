-- Every projected table, whole, in the order of its key: what `motcua verify` compares with a replay.

-- verify_journal_head() many: unit text, seq int, pos int, hash blob
SELECT unit, seq, pos, hash FROM journal_head ORDER BY unit;

-- verify_reference() many: id int, pos int
SELECT id, pos FROM reference ORDER BY id;

-- verify_series() many: name text, last int
SELECT name, last FROM series ORDER BY name;

-- verify_calendar() many: id int, code text, name text, version int
SELECT id, code, name, version FROM calendar ORDER BY id;

-- verify_calendar_day() many: calendar_id int, day text, kind int, name text, basis text
SELECT calendar_id, day, kind, name, basis FROM calendar_day ORDER BY calendar_id, day;

-- verify_calendar_hours() many: calendar_id int, valid_from text, cut_off int, work text, intake text
SELECT calendar_id, valid_from, cut_off, work, intake FROM calendar_hours ORDER BY calendar_id, valid_from;

-- verify_unit() many: id int, code text, agency_code text, name text, short_name text, kind text, parent_id int null, calendar_id int, zone text, address text, phone text, valid_from text, valid_to text, sort_no int, version int
SELECT id, code, agency_code, name, short_name, kind, parent_id, calendar_id, zone, address, phone, valid_from, valid_to, sort_no, version FROM unit ORDER BY id;

-- verify_unit_successor() many: unit_id int, successor_id int, since text
SELECT unit_id, successor_id, since FROM unit_successor ORDER BY unit_id, successor_id;

-- verify_unit_closure() many: ancestor_id int, descendant_id int, depth int
SELECT ancestor_id, descendant_id, depth FROM unit_closure ORDER BY ancestor_id, descendant_id;

-- verify_field() many: id int, code text, name text, sort_no int
SELECT id, code, name, sort_no FROM field ORDER BY id;

-- verify_reason() many: id int, kind text, code text, name text, owner int, basis text
SELECT id, kind, code, name, owner, basis FROM reason ORDER BY id;

-- verify_person() many: id int, login text, name text, name_key text, title text, unit_id int, email text, phone text, is_active int, version int
SELECT id, login, name, name_key, title, unit_id, email, phone, is_active, version FROM person ORDER BY id;

-- verify_role() many: code text, name text, sort_no int
SELECT code, name, sort_no FROM role ORDER BY code;

-- verify_role_right() many: role text, right_code text
SELECT role, right_code FROM role_right ORDER BY role, right_code;

-- verify_person_grant() many: id int, person_id int, role text, unit_id int, is_subtree int, field_id int null, valid_from text, valid_to text
SELECT id, person_id, role, unit_id, is_subtree, field_id, valid_from, valid_to FROM person_grant ORDER BY id;

-- verify_delegation() many: id int, grant_id int, to_person_id int, valid_from text, valid_to text, reason text
SELECT id, grant_id, to_person_id, valid_from, valid_to, reason FROM delegation ORDER BY id;

-- verify_procedure() many: id int, code text, field_id int, name text, search text, level text, row_no int, sort_key text
SELECT id, code, field_id, name, search, level, row_no, sort_key FROM procedure ORDER BY id;

-- verify_procedure_version() many: id int, procedure_id int, no int, name text, valid_from text, valid_to text, decision_no text, decision_on text, legal_basis text, requirements text, result text, subjects text, online_level text, by_post int
SELECT id, procedure_id, no, name, valid_from, valid_to, decision_no, decision_on, legal_basis, requirements, result, subjects, online_level, by_post FROM procedure_version ORDER BY id;

-- verify_procedure_case() many: version_id int, no int, name text, limit_unit int, limit_length int, fee int, fee_text text
SELECT version_id, no, name, limit_unit, limit_length, fee, fee_text FROM procedure_case ORDER BY version_id, no;

-- verify_procedure_paper() many: version_id int, case_no int, no int, name text, originals int, copies int, is_required int
SELECT version_id, case_no, no, name, originals, copies, is_required FROM procedure_paper ORDER BY version_id, case_no, no;

-- verify_process_step() many: version_id int, no int, code text, name text, role text, place text, minutes int
SELECT version_id, no, code, name, role, place, minutes FROM process_step ORDER BY version_id, no;

-- verify_procedure_unit() many: procedure_id int, unit_id int
SELECT procedure_id, unit_id FROM procedure_unit ORDER BY procedure_id, unit_id;

-- verify_procedure_posting() many: id int, version_id int, unit_id int, form text, posted_on text, removed_on text
SELECT id, version_id, unit_id, form, posted_on, removed_on FROM procedure_posting ORDER BY id;

-- verify_dossier() many: id int, code text, secret text, unit_id int, procedure_id int, version_id int, case_no int, field_id int, channel int, state int, is_open int, applicant text, applicant_kind int, id_no text, birth text, phone text, email text, address text, submitter text, summary text, sets int, delivery int, delivery_address text, fee int, fee_paid int, received_by int, received_at text, effective_at text, received_on text, limit_unit int, limit_length int, due_first_at text, due_at text, due_on text, due_given int, promised_at text, suspended_at text null, finished_at text null, finished_on text, outcome int, result_no text, returned_at text null, supplements int, extensions int, batch text, origin_id int null, register_no int, search text, version int
SELECT id, code, secret, unit_id, procedure_id, version_id, case_no, field_id, channel, state, is_open, applicant, applicant_kind, id_no, birth, phone, email, address, submitter, summary, sets, delivery, delivery_address, fee, fee_paid, received_by, received_at, effective_at, received_on, limit_unit, limit_length, due_first_at, due_at, due_on, due_given, promised_at, suspended_at, finished_at, finished_on, outcome, result_no, returned_at, supplements, extensions, batch, origin_id, register_no, search, version FROM dossier ORDER BY id;

-- verify_dossier_paper() many: dossier_id int, no int, name text, kind int, quantity int, state int, note text
SELECT dossier_id, no, name, kind, quantity, state, note FROM dossier_paper ORDER BY dossier_id, no;

-- verify_task() many: dossier_id int, no int, step_no int, step_code text, step_name text, unit_id int, person_id int null, from_unit_id int null, from_person_id int null, since_at text, taken_at text null, step_due_at text, due_at text, is_suspended int, done_at text null, done_by int null, timing int, note text
SELECT dossier_id, no, step_no, step_code, step_name, unit_id, person_id, from_unit_id, from_person_id, since_at, taken_at, step_due_at, due_at, is_suspended, done_at, done_by, timing, note FROM task ORDER BY dossier_id, no;

-- verify_process() many: id int, procedure_id int, no int, name text, xml text, is_published int, valid_from text, valid_to text, decision text, rule text, note text, author int, saved_at text
SELECT id, procedure_id, no, name, xml, is_published, valid_from, valid_to, decision, rule, note, author, saved_at FROM process ORDER BY id;

-- verify_flow() many: dossier_id int, process_id int, state text, answers text
SELECT dossier_id, process_id, state, answers FROM flow ORDER BY dossier_id;

-- verify_suspension() many: dossier_id int, no int, reason text, owner int, detail text, from_at text, from_on text, to_at text, to_on text, from_recorded text, to_recorded text
SELECT dossier_id, no, reason, owner, detail, from_at, from_on, to_at, to_on, from_recorded, to_recorded FROM suspension ORDER BY dossier_id, no;

-- verify_extension() many: dossier_id int, at text, old_due_at text, new_due_at text, reason text, cause text
SELECT dossier_id, at, old_due_at, new_due_at, reason, cause FROM extension ORDER BY dossier_id;

-- verify_dossier_fact() many: dossier_id int, no int, recorded_from text, recorded_to text, unit_id int, procedure_id int, field_id int, channel int, received_on text, due_on text, finished_on text, outcome int
SELECT dossier_id, no, recorded_from, recorded_to, unit_id, procedure_id, field_id, channel, received_on, due_on, finished_on, outcome FROM dossier_fact ORDER BY dossier_id, no;

-- verify_dossier_count() many: unit_id int, received_on text, finished_on text, field_id int, channel int, due_on text, outcome int, from_day text, to_day text, n int
SELECT unit_id, received_on, finished_on, field_id, channel, due_on, outcome, from_day, to_day, n FROM dossier_count
ORDER BY unit_id, received_on, finished_on, field_id, channel, due_on, outcome, from_day, to_day;

-- verify_dossier_read() many: dossier_id int, person_id int, last_at text, times int
SELECT dossier_id, person_id, last_at, times FROM dossier_read ORDER BY dossier_id, person_id;

-- verify_timer() many: dossier_id int, token int, node text, kind text, fires_at text
SELECT dossier_id, token, node, kind, fires_at FROM timer ORDER BY dossier_id, token, node, kind;

-- verify_notice() many: pos int, person_id int, dossier_id int, task_no int, kind text, at text, seen_at text null
SELECT pos, person_id, dossier_id, task_no, kind, at, seen_at FROM notice ORDER BY pos, person_id;

-- verify_child() many: dossier_id int, task_no int, unit_id int, code text, note text, person_id int, recorded_at text
SELECT dossier_id, task_no, unit_id, code, note, person_id, recorded_at FROM child ORDER BY dossier_id, task_no;

-- verify_absence() many: id int, person_id int, cover_id int, from_on text, to_on text, reason text
SELECT id, person_id, cover_id, from_on, to_on, reason FROM absence ORDER BY id;

-- verify_cooperation_rule() many: id int, number text, title text, signed_on text, signer text, agencies text, procedures text, valid_from text, valid_to text, note text
SELECT id, number, title, signed_on, signer, agencies, procedures, valid_from, valid_to, note FROM cooperation_rule ORDER BY id;

-- verify_peer() many: id int, code text, own_code text, name text, unit_id int null, counter_id int null, address text, is_active int, documents text, line text
SELECT id, code, own_code, name, unit_id, counter_id, address, is_active, documents, line FROM peer ORDER BY id;

-- verify_outbox() many: pos int, no int, peer_id int, dossier_id int, task_no int, kind text, body text, made_at text, sent_at text null, receipt text
SELECT pos, no, peer_id, dossier_id, task_no, kind, body, made_at, sent_at, receipt FROM outbox ORDER BY pos, no;

-- verify_document_comment() many: pos int, document_id int, version_no int, person_id int, at text, text text
SELECT pos, document_id, version_no, person_id, at, text FROM document_comment ORDER BY pos;

-- verify_exchange_partner() many: id int, organ text, name text, search text, peer_id int, is_active int
SELECT id, organ, name, search, peer_id, is_active FROM exchange_partner ORDER BY id;

-- verify_exchange_out() many: pos int, peer_id int, document_id int, kind text, code text, note text, person_id int null, made_at text, sent_at text null, receipt text, refused text
SELECT pos, peer_id, document_id, kind, code, note, person_id, made_at, sent_at, receipt, refused FROM exchange_out ORDER BY pos;

-- verify_exchange_in() many: document_id int, pos int, peer_id int, kind text, hash text, is_kept int, defects text, signatures text, at text
SELECT document_id, pos, peer_id, kind, hash, is_kept, defects, signatures, at FROM exchange_in ORDER BY document_id, pos;

-- verify_inbox() many: peer_id int, message text, dossier_id int, at text
SELECT peer_id, message, dossier_id, at FROM inbox ORDER BY peer_id, message;

-- verify_document_type() many: code text, name text, symbol text, is_law int, sort_no int
SELECT code, name, symbol, is_law, sort_no FROM document_type ORDER BY code;

-- verify_document_series() many: id int, unit_id int null, code text, name text, types text, valid_from text, valid_to text
SELECT id, unit_id, code, name, types, valid_from, valid_to FROM document_series ORDER BY id;

-- verify_document_issuer() many: unit_id int, above text, name text, symbol text, body text, place text, organ text
SELECT unit_id, above, name, symbol, body, place, organ FROM document_issuer ORDER BY unit_id;

-- verify_work_file() many: id int, unit_id int, code text, title text, years int, basis text, keeper_id int, opened_on text, closed_on text, archived_on text, note text
SELECT id, unit_id, code, title, years, basis, keeper_id, opened_on, closed_on, archived_on, note FROM work_file ORDER BY id;

-- verify_document() many: id int, unit_id int, way int, state int, type text, subject text, urgency int, deliver_by text null, code text, dated_on text, notation text, series text, number int, author text, organ text, foreign_id text, arrival_no int, arrived_at text null, arrived_on text, is_electronic int, signer text, signer_title text, signer_id int null, authority text, addressee text, body text, version_no int, drafter_id int null, drafting_unit_id int null, holder_id int null, due_on text, dossier_id int null, reply_to_id int null, replaces_id int null, work_file_id int null, places text, recall text, recall_note text, copies int, pages int, note text, made_at text, ended_at text null, search text, version int
SELECT id, unit_id, way, state, type, subject, urgency, deliver_by, code, dated_on, notation, series, number, author, organ, foreign_id, arrival_no, arrived_at, arrived_on, is_electronic, signer, signer_title, signer_id, authority, addressee, body, version_no, drafter_id, drafting_unit_id, holder_id, due_on, dossier_id, reply_to_id, replaces_id, work_file_id, places, recall, recall_note, copies, pages, note, made_at, ended_at, search, version FROM document ORDER BY id;

-- verify_document_version() many: document_id int, no int, subject text, body text, person_id int, at text
SELECT document_id, no, subject, body, person_id, at FROM document_version ORDER BY document_id, no;

-- verify_document_file() many: document_id int, no int, kind text, name text, media text, size int, hash text, person_id int null, at text, is_dropped int
SELECT document_id, no, kind, name, media, size, hash, person_id, at, is_dropped FROM document_file ORDER BY document_id, no;

-- verify_document_step() many: document_id int, no int, kind text, person_id int null, asked_at text null, done_at text null, done_by int null, decision text, note text, certificate text
SELECT document_id, no, kind, person_id, asked_at, done_at, done_by, decision, note, certificate FROM document_step ORDER BY document_id, no;

-- verify_document_recipient() many: document_id int, no int, name text, unit_id int null, organ text, purpose text, is_paper int, sent_at text null, status text, status_at text null, status_note text, arrived_id int null
SELECT document_id, no, name, unit_id, organ, purpose, is_paper, sent_at, status, status_at, status_note, arrived_id FROM document_recipient ORDER BY document_id, no;

-- verify_document_task() many: id int, no int, document_id int null, parent_id int null, unit_id int, person_id int null, role text, content text, asked_by int, asking_unit_id int, asked_at text, asked_on text, due_on text, state text, progress int, done_at text null, done_on text, reminded_on text
SELECT id, no, document_id, parent_id, unit_id, person_id, role, content, asked_by, asking_unit_id, asked_at, asked_on, due_on, state, progress, done_at, done_on, reminded_on FROM document_task ORDER BY id;

-- verify_document_task_report() many: task_id int, pos int, kind text, person_id int null, at text, progress int, text text
SELECT task_id, pos, kind, person_id, at, progress, text FROM document_task_report ORDER BY task_id, pos;

-- verify_document_task_fact() many: task_id int, no int, recorded_from text, recorded_to text, unit_id int, asking_unit_id int, role text, asked_on text, due_on text, done_on text, is_dropped int
SELECT task_id, no, recorded_from, recorded_to, unit_id, asking_unit_id, role, asked_on, due_on, done_on, is_dropped FROM document_task_fact ORDER BY task_id, no;

-- verify_document_fact() many: document_id int, no int, unit_id int, way int, on_day text, is_electronic int, recorded_at text
SELECT document_id, no, unit_id, way, on_day, is_electronic, recorded_at FROM document_fact ORDER BY document_id, no;

-- verify_document_number() many: series text, number int, unit_id int, document_id int null, reason text, at text, person_id int null
SELECT series, number, unit_id, document_id, reason, at, person_id FROM document_number ORDER BY series, number;

-- verify_certificate() many: id int, request_id int, no int, unit_id int, unit_name text, kind int, purpose int, replaces_id int null, person_id int null, name text, title text, birth text, id_no text, email text, is_leader int, request_no text, request_on text, state int, token text, serial text, subject text, issuer text, is_public_service int, not_before text null, not_after text null, ends_on text, hash text, issue_no text, minutes_no text, returned_on text, post_unit_id int null, post_title text, search text, version int
SELECT id, request_id, no, unit_id, unit_name, kind, purpose, replaces_id, person_id, name, title, birth, id_no, email, is_leader, request_no, request_on, state, token, serial, subject, issuer, is_public_service, not_before, not_after, ends_on, hash, issue_no, minutes_no, returned_on, post_unit_id, post_title, search, version FROM certificate ORDER BY id;

-- verify_certificate_event() many: certificate_id int, pos int, act int, state int, actor_id int null, at text, on_day text, recorded_at text, reason int, note text, document text
SELECT certificate_id, pos, act, state, actor_id, at, on_day, recorded_at, reason, note, document FROM certificate_event ORDER BY certificate_id, pos;

-- verify_certificate_review() many: certificate_id int, pos int, opened_at text, before_unit_id int, before_title text, after_unit_id int, after_title text, is_active int, closed_at text null, closed_by int null, decision int, reason text
SELECT certificate_id, pos, opened_at, before_unit_id, before_title, after_unit_id, after_title, is_active, closed_at, closed_by, decision, reason FROM certificate_review ORDER BY certificate_id, pos;

-- verify_certificate_use() many: certificate_id int, pos int, subject text, on_day text, recorded_at text
SELECT certificate_id, pos, subject, on_day, recorded_at FROM certificate_use ORDER BY certificate_id, pos;

-- verify_certificate_warning() many: certificate_id int, pos int, days int, at text
SELECT certificate_id, pos, days, at FROM certificate_warning ORDER BY certificate_id, pos;

-- verify_certificate_register() many: unit_id int, since text
SELECT unit_id, since FROM certificate_register ORDER BY unit_id;

-- verify_book() many: id int, code text, name text, part text, edition int, content text, sort_no int
SELECT id, code, name, part, edition, content, sort_no FROM book ORDER BY id;

-- verify_book_edition() many: book_id int, edition int, recorded_at text, content text
SELECT book_id, edition, recorded_at, content FROM book_edition ORDER BY book_id, edition;

-- verify_book_entry() many: id int, book_id int, unit_id int, day text, until_day text, title text, search text, data text, is_struck int, version int
SELECT id, book_id, unit_id, day, until_day, title, search, data, is_struck, version FROM book_entry ORDER BY id;

-- verify_book_version() many: entry_id int, version int, book_id int, edition int, unit_id int, day text, until_day text, title text, data text, is_struck int, reason text, actor_id int null, happened_at text, recorded_from text, recorded_to text
SELECT entry_id, version, book_id, edition, unit_id, day, until_day, title, data, is_struck, reason, actor_id, happened_at, recorded_from, recorded_to FROM book_version ORDER BY entry_id, version;

-- verify_book_key() many: book_id int, key_text text, entry_id int
SELECT book_id, key_text, entry_id FROM book_key ORDER BY book_id, key_text;

-- verify_book_declaration() many: id int, book_id int, unit_id int, from_on text, to_on text, note text, actor_id int null, recorded_from text, recorded_to text
SELECT id, book_id, unit_id, from_on, to_on, note, actor_id, recorded_from, recorded_to FROM book_declaration ORDER BY id;

-- verify_definition() many: kind text, code text, edition int, sort_no int, recorded_at text, content text
SELECT kind, code, edition, sort_no, recorded_at, content FROM definition ORDER BY kind, code, edition;

-- verify_report_draft() many: id int, unit_id int, report text, edition int, period text, from_on text, to_on text, ended text, state int, content text, version int, actor_id int, begun_at text, frozen_at text null, as_of text null, definitions text, files text, document_id int null
SELECT id, unit_id, report, edition, period, from_on, to_on, ended, state, content, version, actor_id, begun_at, frozen_at, as_of, definitions, files, document_id FROM report_draft ORDER BY id;

-- verify_report_event() many: draft_id int, pos int, act text, actor_id int, at text, place text, note text, settled_at text null
SELECT draft_id, pos, act, actor_id, at, place, note, settled_at FROM report_event ORDER BY draft_id, pos;

-- verify_report_number() many: draft_id int, no int, code text, is_indicator int, unit_id int, field_id int, from_on text, to_on text, kind int, n int, whole int
SELECT draft_id, no, code, is_indicator, unit_id, field_id, from_on, to_on, kind, n, whole FROM report_number ORDER BY draft_id, no;

-- verify_directive() many: id int, task_id int, code text, is_indicator int, unit_id int, field_id int, cohort int, from_on text, to_on text, as_of text, given_at text
SELECT id, task_id, code, is_indicator, unit_id, field_id, cohort, from_on, to_on, as_of, given_at FROM directive ORDER BY id;

-- verify_directive_record() many: directive_id int, no int, kind int, record_id int, title text, unit text
SELECT directive_id, no, kind, record_id, title, unit FROM directive_record ORDER BY directive_id, no;
