package dev.indelible.transparency.cose;

import dev.indelible.transparency.Hash;

/// What an entry of a [Batch] says, before it is signed.
///
/// @param subject a random URN of the record, shared by all versions of it
/// @param statementRoot what the statement's field commitments hash to
public record Draft(String subject, Hash statementRoot) {}
