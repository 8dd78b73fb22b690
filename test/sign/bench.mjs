// Measures signing and judging, with a PKCS#12 file and with SoftHSM2: node test/sign/bench.mjs BUILD
// Each line beside the bare limit: the key's own rate; the digest of the file and one check of a signature.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withStream } from './paper.mjs';
import { city } from './pki.mjs';

const folder = mkdtempSync(join(tmpdir(), 'motcua-bench.'));
try {
  const pki = city(folder);
  const uri = pki.token('leader', '4321');
  const small = join(folder, 'small.pdf');
  const large = join(folder, 'large.pdf');
  writeFileSync(small, withStream(2));
  writeFileSync(large, withStream(20000)); // a million and a half of bytes of structure
  const run = (...words) => execFileSync(join(process.argv[2], 'test/sign/bench_sign'), words, { env: pki.environment, stdio: ['ignore', 'inherit', 'inherit'] });
  for (const file of [small, large]) {
    run(file, pki.path('leader.p12'), 'p-leader', pki.path('root.pem'));
    run(file, uri, '4321', pki.path('root.pem'), pki.module(), pki.path('sub.pem'));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
