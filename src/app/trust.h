/* trust.h - the authorities that a site trusts: a folder of certificates (*.pem, *.crt, *.cer) and of
 * lists of the revoked (*.crl) or answers of OCSP (*.ocsp). data/trust/README.md says more. */
#ifndef APP_TRUST_H
#define APP_TRUST_H

#include "app/command.h"
#include "sign/verify.h"

/* Other files are left alone. It has complained if it fails. */
enum exit_status trust_load(struct arena *a, struct str folder, struct sign_trusted **ret);

#endif
