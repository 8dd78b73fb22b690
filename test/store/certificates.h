/* Certificates of an authority that signs for nobody, for the suites of the register. Made once; none has its key here. */
#ifndef TEST_CERTIFICATES_H
#define TEST_CERTIFICATES_H

/* Nguyễn Văn Thử, 5401, 01/3/2018 - 28/02/2021 */
static const char PEM_PERSON[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBITCByQICVAEwCgYIKoZIzj0EAwIwHDEaMBgGA1UEAwwRQ0EgdGjhu60gbmdo\n"
    "aeG7h20wHhcNMTgwMzAxMDAwMDAwWhcNMjEwMjI4MjM1OTU5WjAeMRwwGgYDVQQD\n"
    "DBNOZ3V54buFbiBWxINuIFRo4butMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n"
    "Rbj122KERfcxb12En5zVtNk3tais46zfZt3zhfUITPYuQqyOVJGh2QADkLebMZCj\n"
    "3L3IvwIuhryHTmzdBVRQjDAKBggqhkjOPQQDAgNHADBEAiA89moIcZvZXZFedZ+H\n"
    "PY+LZnIx+poX++CZ5dDVQ6iZdAIgIJNy2ReDfP9TIZYDsi7tjmftSke0ajGe/0sJ\n"
    "fYkhXbw=\n"
    "-----END CERTIFICATE-----\n";

/* the same person, 5402 */
static const char PEM_SECOND[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBIjCByQICVAIwCgYIKoZIzj0EAwIwHDEaMBgGA1UEAwwRQ0EgdGjhu60gbmdo\n"
    "aeG7h20wHhcNMTgwMzAxMDAwMDAwWhcNMjEwMjI4MjM1OTU5WjAeMRwwGgYDVQQD\n"
    "DBNOZ3V54buFbiBWxINuIFRo4butMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n"
    "vw5PuQgvjX+NcgqFXOfFhS5bGNGnjP7izowsDjlXWlCalTa/bheimVbgykuFrk0l\n"
    "Ac+KkMP8bzZu8pwiIEdYKTAKBggqhkjOPQQDAgNIADBFAiEApIEjwxfKzRGHDaX/\n"
    "wvW7IigPYOljMtEGixszo/c2qpwCICCV0Dj4bSSFjF8evIzxja/jsLeql3JXCFaX\n"
    "/AZXqYJ9\n"
    "-----END CERTIFICATE-----\n";

/* Trần Thị Khác, 5403 */
static const char PEM_OTHER[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBIjCByAICVAMwCgYIKoZIzj0EAwIwHDEaMBgGA1UEAwwRQ0EgdGjhu60gbmdo\n"
    "aeG7h20wHhcNMTgwMzAxMDAwMDAwWhcNMjEwMjI4MjM1OTU5WjAdMRswGQYDVQQD\n"
    "DBJUcuG6p24gVGjhu4sgS2jDoWMwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARt\n"
    "FM/nt8j6Ll32vfqvIGJ5NQGvqBLiuDKUzGGaTpkMZmXpn88Qp5Jf37SmXc5PhWzc\n"
    "9adEsxOqH7DxiDlsebMpMAoGCCqGSM49BAMCA0kAMEYCIQCfkS/N3bXu4PQS8Udw\n"
    "vuDLGVmUHudPiZFWxnZ/D8axCAIhAMkdk2CmRyl4J5ZJqJbBXFZ9upldxQA53rjE\n"
    "/yCQv68v\n"
    "-----END CERTIFICATE-----\n";

/* Phòng Nội vụ, 5404 */
static const char PEM_UNIT[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBIDCBxwICVAQwCgYIKoZIzj0EAwIwHDEaMBgGA1UEAwwRQ0EgdGjhu60gbmdo\n"
    "aeG7h20wHhcNMTgwMzAxMDAwMDAwWhcNMjEwMjI4MjM1OTU5WjAcMRowGAYDVQQD\n"
    "DBFQaMOybmcgTuG7mWkgduG7pTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABI3F\n"
    "3MYiOaNHiEZp4DMGR7SxXNXp8DinhmNI3nXhpsd4WGf7od8eyhM0slGLpwEu4ML+\n"
    "tpVZTppwxJ7jX8wMRNUwCgYIKoZIzj0EAwIDSAAwRQIgT1IHsCQrPbyhu6Vyxu+l\n"
    "DRp8BvkQjsgQ8cTUxDXrXH8CIQC98jQ1t5iBP+v8o7wiqtvjq4yq2Iw0nfdTLUma\n"
    "4a8shQ==\n"
    "-----END CERTIFICATE-----\n";

/* Nguyễn Văn Thử, 5405: ten years */
static const char PEM_LONG[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBIzCByQICVAUwCgYIKoZIzj0EAwIwHDEaMBgGA1UEAwwRQ0EgdGjhu60gbmdo\n"
    "aeG7h20wHhcNMTgwMzAxMDAwMDAwWhcNMjgwMjI4MjM1OTU5WjAeMRwwGgYDVQQD\n"
    "DBNOZ3V54buFbiBWxINuIFRo4butMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n"
    "yY3fh15s5xeyk3zkjhtjy9Oncj9Oo6OwpznNvf5ouKZgZCImrhpSZcSnmoMXYGBy\n"
    "mWGkm5tVk32Su5J4C9EYqTAKBggqhkjOPQQDAgNJADBGAiEArGeTi/EMw/AEuKP8\n"
    "26KkJUb6CvBZ6TC6zv8E1gOq2j4CIQD4wsuhyjyKCgAzMW2nYjsV/PtUjQTSt466\n"
    "OteDF34kBw==\n"
    "-----END CERTIFICATE-----\n";

#endif
