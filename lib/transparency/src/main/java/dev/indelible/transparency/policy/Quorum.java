package dev.indelible.transparency.policy;

import java.util.List;
import java.util.Set;

/// When enough witnesses have cosigned (C2SP tlog-policy).
sealed interface Quorum {
  /// Whether the witnesses in `cosigned` suffice.
  boolean isMet(Set<String> cosigned);

  /// One witness.
  record Single(String witness) implements Quorum {
    @Override
    public boolean isMet(Set<String> cosigned) {
      return cosigned.contains(witness);
    }
  }

  /// At least `threshold` of the members.
  record Group(int threshold, List<Quorum> members) implements Quorum {
    public Group {
      members = List.copyOf(members);
      if (threshold < 1 || threshold > members.size()) {
        throw new IllegalArgumentException(
            "a group of " + members.size() + " cannot have threshold " + threshold);
      }
    }

    @Override
    public boolean isMet(Set<String> cosigned) {
      return members.stream().filter(member -> member.isMet(cosigned)).count() >= threshold;
    }
  }

  /// No witness needed.
  record None() implements Quorum {
    @Override
    public boolean isMet(Set<String> cosigned) {
      return true;
    }
  }
}
