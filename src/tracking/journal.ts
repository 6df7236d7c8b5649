/**
 * The journal: what the LMS has not taken yet, on the learner's device. Written at every change, removed when the
 * LMS has taken everything; what is left at the next launch is merged and sent. It holds no name.
 */

/** What one session had still to hand over. */
export interface JournalEntry {
  /** The attempt as suspend data. */
  readonly attempt: string;
  /**
   * Answers whose interactions have not been taken, oldest first: for each submission of the quiz and each question that
   * was judged at once the attempt with those answers, as suspend data.
   */
  readonly reports: readonly string[];
  /** Whether the LMS has ever taken this attempt. */
  readonly acknowledged: boolean;
  /** When it was written, in milliseconds since 1970. */
  readonly at: number;
}

/** The journal of one session. */
export interface Journal {
  /** Where it is kept; `memory` where the device stores nothing. */
  readonly place: 'device' | 'memory';
  /** What earlier sessions of the learner, and those in other tabs, have left. */
  readonly left: readonly JournalEntry[];
  write(entry: JournalEntry): void;
  /** The LMS has taken everything: removes the session's own entry and those of `adopted`. */
  clear(): void;
  /**
   * Entries of {@link Journal.left} whose content this session has taken over. Of the others those go that are of an
   * attempt which the LMS has had and has not asked for in 30 days.
   */
  adopt(entries: readonly JournalEntry[]): void;
}

/** How long an entry is kept that belongs to an attempt which the LMS no longer has, in milliseconds. */
const shelfLife = 30 * 24 * 3_600_000;

/** 64 bits of a text (FNV-1a, twice), as letters and digits: tells learners apart without naming them. */
export function fingerprint(text: string): string {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x01000193) ^ (b >>> 15);
  }
  return [a, b].map((half) => (half >>> 0).toString(36)).join('');
}

function readEntry(text: string | null): JournalEntry | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value !== 'object' || value === null) return undefined;
    // Release 0.1.0 called the reports submissions.
    const {
      attempt,
      submissions,
      reports = submissions,
      acknowledged,
      at,
    } = value as Readonly<Record<string, unknown>>;
    if (typeof attempt !== 'string' || typeof at !== 'number') return undefined;
    return {
      attempt,
      reports: Array.isArray(reports) ? reports.filter((report) => typeof report === 'string') : [],
      acknowledged: acknowledged === true,
      at,
    };
  } catch {
    return undefined;
  }
}

/**
 * Opens a journal.
 *
 * @param storage the device's storage; undefined where the browser denies it
 * @param owner what names course and learner
 * @param session what names this session, so that two tabs do not write over each other's
 * @param now time in milliseconds since 1970
 */
export function openJournal(
  storage: Storage | undefined,
  owner: string,
  session: string,
  now: () => number,
): Journal {
  const prefix = `course-journal:${owner}:`;
  const key = prefix + session;
  let place: Journal['place'] = storage ? 'device' : 'memory';

  const attempt = <T>(task: (storage: Storage) => T): T | undefined => {
    try {
      return storage && task(storage);
    } catch {
      place = 'memory';
      return undefined;
    }
  };

  const texts = new Map<JournalEntry, readonly [key: string, text: string]>();
  attempt((open) => {
    const names = Array.from({ length: open.length }, (_, index) => open.key(index) ?? '');
    for (const name of names.filter((candidate) => candidate.startsWith(prefix))) {
      const text = open.getItem(name);
      const entry = readEntry(text);
      if (entry) texts.set(entry, [name, text ?? '']);
      else open.removeItem(name);
    }
  });
  let adopted: readonly JournalEntry[] = [];

  /** Removes entries, but for what another tab has written to them in the meantime. */
  const remove = (open: Storage, entries: readonly JournalEntry[]) => {
    for (const entry of entries) {
      const [name, text] = texts.get(entry) ?? ['', ''];
      if (open.getItem(name) === text) open.removeItem(name);
    }
  };

  return {
    get place() {
      return place;
    },
    left: [...texts.keys()],
    write(entry) {
      attempt((open) => {
        open.setItem(key, JSON.stringify(entry));
        place = 'device';
        // What was taken over stands in this one now.
        remove(open, adopted);
      });
    },
    adopt(entries) {
      adopted = entries;
      const stale = (entry: JournalEntry) => entry.acknowledged && now() - entry.at > shelfLife;
      attempt((open) => {
        remove(
          open,
          [...texts.keys()].filter((entry) => !entries.includes(entry) && stale(entry)),
        );
      });
    },
    clear() {
      attempt((open) => {
        open.removeItem(key);
        remove(open, adopted);
      });
    },
  };
}
