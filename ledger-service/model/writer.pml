/*
 * How a log is written: two writers, a primary, its standby and a former primary, one witness.
 * README.md says what each part stands for and what is left out.
 *
 * One -D makes a mutant, which has to fail: NO_BARRIER, WARNING_IS_SUCCESS, NO_FENCE, NO_CAS,
 * SIGN_BEFORE_COMMIT, SIGN_WHAT_IS_READ, HEAD_READ_LATER, ALARM_FROM_READ; and, with EPOCHS=3,
 * UNCHAINED_BLOCK.
 */

#ifndef EPOCHS
#define EPOCHS 2 /* most epochs at one server */
#endif
#ifndef FAILOVERS
#define FAILOVERS 1
#endif
#define LEAVES 2 /* more are never accepted of three entries, two of which are rivals */
#define NOWHERE 3

/* ---- Entries: 1 and 2 are rivals, that is share a unique match token. Two bits a leaf. ---- */

#define rival(e)            ((e) == 3 -> 3 : 3 - (e))
#define leaf(leaves, i)     (((leaves) >> (2 * (i))) & 3)
#define first(leaves, n)    ((leaves) & ((1 << (2 * (n))) - 1))
#define added(leaves, n, e) (first(leaves, n) | ((e) << (2 * (n))))
#define place(leaves, e)    (leaf(leaves, 0) == (e) -> 1 : (leaf(leaves, 1) == (e) -> 2 : 0))
#define twice(leaves) \
  (leaf(leaves, 1) > 0 \
   && (leaf(leaves, 0) == leaf(leaves, 1) || leaf(leaves, 0) == rival(leaf(leaves, 1))))

/* ---- The database: what is in each server's write-ahead log. ---- */

typedef Server {
  byte epoch;  /* log_head.epoch */
  byte size;   /* log_head.size */
  byte leaves; /* entry, match_token */
  byte number; /* how many rows block has */
  byte end     /* end_ of the last of them */
}
Server server[3];
byte primary;
byte failovers;
#define standby ((primary + 1) % 3)
#define former  ((primary + 2) % 3) /* after a failover: cut off, and not aware of it */

/* A writer has two threads: 0 and 1 append, and 2 and 3 seal beside them. */
byte at[4] = NOWHERE; /* where a thread's transaction runs */
byte commit[4];       /* 1: committed there; 2: on the standby too */

/* ---- The witness (C2SP tlog-witness): one step looks, compares and stores. ---- */

byte witnessSize;
byte witnessLeaves;

/* ---- What writers remember and others have to see. ---- */

byte office[2];      /* epoch; 0 is out of office */
byte sealing[2];     /* the epoch in which there is sealing beside the appending; 0 is none */
bool busy[2];        /* a block is under way */
byte size[2];        /* the head, as our own clean commits left it */
byte leaves[2];
byte number[2];      /* of the next block */
byte sealed[2];      /* end of the last one */
byte feed[2];   /* block on its way to the witness, by its end; 0 is none */

/* ---- What only the invariants see. ---- */

bool begun;           /* somebody has tried to take the office */
bool submitted;       /* entry 1 was: of two rivals, the first one is called 1 */
byte offices;         /* bit e: an office of epoch e began */
byte newestOffice;
bool isSigned[3];     /* by size */
byte signedLeaves[3];
byte acknowledged[4]; /* by entry: index + 1 */
byte released;        /* size of the newest witnessed receipt */

/* What the protocol does so that nothing bad happens. -DONLY_OUTCOMES looks for the bad things alone:
   two heads of one size, a lost or doubled entry, a witness that objects, blocks that do not meet. */
#ifdef ONLY_OUTCOMES
#define rule(r) skip
#else
#define rule(r) assert(r)
#endif

/* What a failover cannot take away. */
#define durable(n, l) \
  (first(server[primary].leaves, n) == (l) && first(server[standby].leaves, n) == (l))

#define stillThere(e) \
  (acknowledged[e] == 0 || place(server[primary].leaves, e) == acknowledged[e])

inline nothingIsLost() {
  assert(stillThere(1) && stillThere(2) && stillThere(3));
  assert(!twice(server[primary].leaves));
  assert(first(server[primary].leaves, witnessSize) == witnessLeaves)
}

/* No two heads of one size; nothing is signed that can be lost. */
inline sign(n, l) {
  assert(!isSigned[n] || signedLeaves[n] == (l));
  rule(durable(n, l));
  isSigned[n] = true;
  signedLeaves[n] = (l)
}

/* ---- A writer's transactions. ---- */

#define here server[at[w]]

/* A connection from the pool may lead to a server that is no longer the primary. */
inline begin() {
  if
  :: at[w] = primary
  :: failovers > 0 -> at[w] = former
  fi
}

inline rollback() {
  at[w] = NOWHERE
}

/* Everyone sees the rows from here on, on the standby or not: so it is after a cancelled wait and
   after a restart of the server. */
inline committed() {
  commit[w] = 1
}

/* COMMIT returns cleanly; or with a warning, or an error, or the writer dies meanwhile. */
inline await() {
  if
  :: atomic { commit[w] == 2 -> commit[w] = 0; at[w] = NOWHERE }
  :: atomic {
       commit[w] > 0 -> commit[w] = 0; at[w] = NOWHERE;
#ifndef WARNING_IS_SUCCESS
       goto out_of_office
#endif
     }
  fi
}

/* A writer may die between its transactions too. */
inline crash() {
  if
  :: skip
  :: goto out_of_office
  fi
}

/* A writer is about to freeze the log because of what it read in this transaction. Nothing is wrong
   in this model, so it must never come to that: reads may be old, and only a clean commit in our own
   epoch says that this one was not. */
inline alarm(e) {
  atomic {
    if
    :: here.epoch == e -> committed()
    :: else -> rollback(); goto out_of_office
    fi
  }
  await();
  assert(false)
}

/* What nobody asks for any more need not make two states of one. */
inline forget(m) {
  if
  :: sealing[m] == 0 && !busy[m] -> number[m] = 0; sealed[m] = 0
  :: else
  fi
}

proctype Writer(byte w) {
  byte entry; /* the submission under way; 0 is none */
  byte hit;   /* where the log has it, or its rival: index + 1 */
  byte start; /* where the last block ends, as a read shows */

out_of_office:
  atomic {
    office[w] = 0; sealing[w] = 0; size[w] = 0; leaves[w] = 0; entry = 0; hit = 0; start = 0;
    forget(w)
  }

  /* Office.take, once nothing is under way. The lease may be wrong at any time, so nobody asks for it
     here. */
end_of_terms:
  atomic {
    (!busy[w]
     && (w == 0 || begun) /* whoever comes first is called 0 */
     && (server[primary].epoch < EPOCHS || (failovers > 0 && server[former].epoch < EPOCHS)));
    begun = true;
    begin();
    if
    :: here.epoch < EPOCHS ->
       here.epoch++;
       office[w] = here.epoch;
       size[w] = here.size;
       leaves[w] = here.leaves;
       committed()
    :: else -> rollback(); goto out_of_office
    fi
  }
  await();

  /* StartCheck: does the witness remember more than we have? */
  atomic {
    rule(!(offices & (1 << office[w]))); /* an epoch has one writer */
    offices = offices | (1 << office[w]);
    newestOffice = (office[w] > newestOffice -> office[w] : newestOffice);
    begin();
#ifdef HEAD_READ_LATER
    size[w] = here.size;
    leaves[w] = here.leaves;
#endif
#ifdef ALARM_FROM_READ
    start = here.end
#else
    start = size[w]
#endif
  }
  if
  :: atomic {
       witnessSize <= start && first(leaves[w], witnessSize) == witnessLeaves ->
       rollback();
       start = 0
     }
  :: else ->
#ifdef ALARM_FROM_READ
     assert(false)
#else
     alarm(office[w])
#endif
  fi;
  crash();

  /* BlockSealer.sealRest: behind which block? The other thread seals what there is behind it. */
  atomic {
    begin();
    number[w] = here.number;
    sealed[w] = here.end;
    rollback();
    sealing[w] = office[w];
    feed[w] = (size[w] > 0 && size[w] <= sealed[w] -> size[w] : feed[w])
  }

  /* LogStore.append: look for the entry, then change, in one transaction; no lock in between. */
look:
  atomic {
#ifndef BOTH_BESIDE
    (w == 0 || sealing[w] == 0 || size[w] <= sealed[w]); /* one after the other */
#endif
    begin();
    if
    :: entry = 1; submitted = true
    :: submitted -> entry = 2
    :: entry = 3
    fi;
    hit = (place(here.leaves, entry) > 0
           -> place(here.leaves, entry) : place(here.leaves, rival(entry)));
    if
    :: hit == 0 && size[w] == LEAVES -> rollback(); entry = 0; goto look
#ifdef NO_CAS
    :: here.epoch != office[w] || here.size != size[w] -> rollback(); goto out_of_office
#endif
    :: else
    fi
  }
#ifdef SIGN_BEFORE_COMMIT
  atomic {
    if
    :: hit == 0 -> sign(size[w] + 1, added(leaves[w], size[w], entry))
    :: else
    fi
  }
#endif
  atomic {
    if
    :: hit > 0 -> /* nothing to append */
#ifdef NO_BARRIER
       rollback(); goto answer
#else
       committed() /* a row of barrier */
#endif
#ifndef NO_CAS
    :: hit == 0 && here.size != size[w] -> rollback(); goto out_of_office
#ifndef NO_FENCE
    :: hit == 0 && here.epoch != office[w] -> rollback(); goto out_of_office
#endif
#endif
    :: else ->
       rule(at[w] != primary || office[w] >= newestOffice); /* nobody whose time is over */
       here.leaves = added(here.leaves, size[w], entry);
       here.size = size[w] + 1;
       committed();
       if
       :: at[w] == primary -> nothingIsLost()
       :: else
       fi
    fi
  }
  await();
answer:
  atomic {
    if
    :: hit == 0 ->
       leaves[w] = added(leaves[w], size[w], entry);
       size[w]++;
       hit = size[w]
    :: else
    fi;
    rule(leaf(server[primary].leaves, hit - 1) == leaf(server[standby].leaves, hit - 1));
    if
    :: leaf(server[primary].leaves, hit - 1) == entry ->
       assert(acknowledged[entry] == 0 || acknowledged[entry] == hit);
       assert(entry == 3 || acknowledged[rival(entry)] == 0);
       acknowledged[entry] = hit
    :: else -> /* refused as a duplicate of the rival, which has to be there */
       assert(leaf(server[primary].leaves, hit - 1) == rival(entry))
    fi;
    entry = 0;
    hit = 0;
    goto look
  }
}

/* Sealing beside the appending: seals the newest head of a clean commit, whatever its writer does
   meanwhile. Whatever goes wrong, nothing more is sealed before the writer has taken the office anew. */
proctype Sealing(byte w) {
  byte end, signs, epoch; /* of the block under way: size, leaves, and in which office */
#define me (w - 2)
  goto end_rest;

out_of_office:
  atomic { sealing[me] = 0; busy[me] = false; end = 0; signs = 0; epoch = 0; forget(me) }

  /* BlockSealer.seal: read again what is to be signed, compare, sign. */
end_rest:
  atomic {
#ifdef SIGN_WHAT_IS_READ
    (sealing[me] > 0); /* whoever goes by what is there to read looks whenever it likes */
#else
    (sealing[me] > 0 && size[me] > sealed[me]);
#endif
    busy[me] = true;
    epoch = sealing[me];
    end = size[me];
    signs = leaves[me];
    begin();
#ifdef SIGN_WHAT_IS_READ
    end = here.size;
    signs = here.leaves;
#endif
    if
#ifdef SIGN_WHAT_IS_READ
    :: end <= sealed[me] -> rollback(); busy[me] = false; end = 0; signs = 0; epoch = 0; goto end_rest
#endif
    :: first(here.leaves, end) == signs -> rollback(); sign(end, signs); goto signed
    :: else
    fi
  }
  alarm(epoch);
signed:
  crash(); /* then the next writer signs the same leaves */
  atomic {
    begin();
    if
#ifdef UNCHAINED_BLOCK
    :: here.number > number[me] -> rollback(); goto out_of_office
    :: here.number <= number[me] && here.end == end -> rollback(); goto out_of_office
#else
    :: here.number != number[me] || here.end != sealed[me] -> rollback(); goto out_of_office
#endif
    :: else ->
       /* Blocks have neither gap nor overlap. */
       assert(at[w] != primary || (here.number == number[me] && here.end == sealed[me]));
       here.number++;
       here.end = end;
       committed()
    fi
  }
  await();
  atomic {
    number[me] = number[me] + 1;
    sealed[me] = end;
    feed[me] = end;
    busy[me] = false;
    end = 0; signs = 0; epoch = 0;
    forget(me);
    goto end_rest
  }
}

/* ---- What happens by itself, at any time. ---- */

inline replicate() {
  server[standby].epoch = server[primary].epoch;
  server[standby].size = server[primary].size;
  server[standby].leaves = server[primary].leaves;
  server[standby].number = server[primary].number;
  server[standby].end = server[primary].end
}

#define waits(w) (commit[w] == 1 && at[w] == primary)

proctype World() {
  byte w;
end:
  do
  :: d_step { /* the standby keeps what the primary has */
       (waits(0) || waits(1) || waits(2) || waits(3)
        || server[standby].epoch != server[primary].epoch
        || server[standby].leaves != server[primary].leaves
        || server[standby].end != server[primary].end) ->
       replicate();
       commit[0] = (waits(0) -> 2 : commit[0]);
       commit[1] = (waits(1) -> 2 : commit[1]);
       commit[2] = (waits(2) -> 2 : commit[2]);
       commit[3] = (waits(3) -> 2 : commit[3])
     }
  :: d_step { /* the standby is promoted; a third server, made from it, becomes its standby */
       (failovers < FAILOVERS
        && at[0] != former && at[1] != former && at[2] != former && at[3] != former) ->
       failovers++;
       primary = standby;
       replicate();
       nothingIsLost()
     }
  :: atomic { /* WitnessFeed: add-checkpoint, after as many 409 as it takes to know the size */
       (feed[0] > 0 || feed[1] > 0) ->
       if
       :: feed[0] > 0 -> w = 0
       :: feed[1] > 0 -> w = 1
       fi;
       if
       :: feed[w] < witnessSize /* superseded */
       :: else ->
          assert(first(signedLeaves[feed[w]], witnessSize) == witnessLeaves); /* else 422 */
          witnessSize = feed[w];
          witnessLeaves = signedLeaves[feed[w]];
          rule(durable(witnessSize, witnessLeaves));
          if
          :: released = witnessSize /* the cosignature arrives */
          :: skip                   /* or is lost on its way */
          fi
       fi;
       assert(released <= witnessSize);
       feed[w] = 0;
       w = 0
     }
  od
}

init {
  atomic { run Writer(0); run Writer(1); run Sealing(2); run Sealing(3); run World() }
}
