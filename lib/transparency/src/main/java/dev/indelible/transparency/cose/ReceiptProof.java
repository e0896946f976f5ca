package dev.indelible.transparency.cose;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.InclusionProof;
import java.util.List;
import java.util.Map;

/// What a receipt proves, as it stands under label 396 (RFC 9942 §5.2 and §5.3): `[size, index,
/// path]` under −1 or `[older size, newer size, path]` under −2.
sealed interface ReceiptProof {
  /// A leaf is in a tree.
  record Inclusion(InclusionProof proof) implements ReceiptProof {
    public Inclusion {
      requirePath(proof.path());
    }

    @Override
    public Map<Long, List<byte[]>> encode() {
      return Map.of(Label.INCLUSION, List.of(content(proof.size(), proof.index(), proof.path())));
    }
  }

  /// A tree begins with another.
  record Consistency(ConsistencyProof proof) implements ReceiptProof {
    public Consistency {
      requirePath(proof.path());
    }

    @Override
    public Map<Long, List<byte[]>> encode() {
      return Map.of(Label.CONSISTENCY, List.of(content(proof.from(), proof.to(), proof.path())));
    }
  }

  /// The value of label 396.
  Map<Long, List<byte[]>> encode();

  /// Reads the value of label 396, which has to hold one proof.
  ///
  /// @throws IllegalArgumentException when it holds anything else
  static ReceiptProof decode(Object proofs) {
    if (proofs instanceof Map<?, ?> map && map.size() == 1) {
      var only = map.entrySet().iterator().next();
      if (only.getValue() instanceof List<?> list
          && list.size() == 1
          && list.getFirst() instanceof byte[] content) {
        if (only.getKey().equals(Label.INCLUSION)) {
          return inclusion(content);
        }
        if (only.getKey().equals(Label.CONSISTENCY)) {
          return consistency(content);
        }
      }
    }
    throw new IllegalArgumentException("not one proof of inclusion or consistency");
  }

  private static Inclusion inclusion(byte[] content) {
    Parts parts = Parts.of(content);
    return new Inclusion(new InclusionProof(parts.second, parts.first, parts.path));
  }

  private static Consistency consistency(byte[] content) {
    Parts parts = Parts.of(content);
    return new Consistency(new ConsistencyProof(parts.first, parts.second, parts.path));
  }

  private static byte[] content(long first, long second, List<Hash> path) {
    return Cbor.encode(List.of(first, second, path.stream().map(Hash::bytes).toList()));
  }

  /// RFC 9942 has `[+ bstr]`: a tree of one leaf, the empty tree and a tree's consistency with
  /// itself have no receipt.
  private static void requirePath(List<Hash> path) {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a receipt has a path of at least one hash");
    }
  }

  /// Two numbers and a path.
  record Parts(long first, long second, List<Hash> path) {
    static Parts of(byte[] content) {
      if (CborReader.read(content) instanceof List<?> list
          && list.size() == 3
          && list.get(0) instanceof Long first
          && list.get(1) instanceof Long second
          && list.get(2) instanceof List<?> path) {
        return new Parts(first, second, path.stream().map(Parts::hash).toList());
      }
      throw new IllegalArgumentException("a proof is two sizes and a path");
    }

    private static Hash hash(Object item) {
      if (item instanceof byte[] bytes) {
        return Hash.of(bytes);
      }
      throw new IllegalArgumentException("a path is a list of hashes");
    }
  }
}
