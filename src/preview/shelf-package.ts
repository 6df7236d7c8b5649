import { address } from './address.ts';
import type { AttemptRecord, PackageRecord } from './attempt-record.ts';
import type { LatestAttempt, ShelfPackage } from './messages.ts';
import { nextLaunch } from './next-launch.ts';
import { type FoundPackage, isPlayable } from './package-shelf.ts';

/** A package as the shelf page shows it, with what is recorded of it. */
export function shelfPackage(found: FoundPackage, record: PackageRecord | undefined): ShelfPackage {
  const { key, file } = found;
  if (!isPlayable(found)) {
    const { problem, isForElsewhere = false } = found;
    return { kind: 'unplayable', package: key, file, problem, isForElsewhere };
  }
  const { title, edition, editionLabel } = found.manifest;
  const latest = record?.attempts.at(-1);
  return {
    kind: 'playable',
    package: key,
    file,
    title,
    edition,
    editionLabel,
    playUrl: address('play', key),
    next: nextLaunch(edition, record),
    attempts: record?.attempts.length ?? 0,
    latest: latest ? latestAttempt(latest) : null,
  };
}

function latestAttempt({ number, startedAt, sessions, values }: AttemptRecord): LatestAttempt {
  const session = sessions.at(-1);
  return {
    number,
    lastUsed: session?.lastCommitAt ?? session?.startedAt ?? startedAt,
    ended: session?.ended ?? true,
    values,
  };
}
