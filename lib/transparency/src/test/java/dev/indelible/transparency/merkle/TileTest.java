package dev.indelible.transparency.merkle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TileTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 256, 0/000",
    "0, 0, 1, 0/000.p/1",
    "1, 999, 255, 1/999.p/255",
    "0, 1000, 256, 0/x001/000",
    "0, 1234067, 256, 0/x001/x234/067",
    "63, 1, 7, 63/001.p/7",
    "-1, 1234067, 3, entries/x001/x234/067.p/3",
  })
  void pathsAreThoseOfTheSpecification(int level, long index, int width, String path) {
    Tile tile = new Tile(level, index, width);
    assertEquals(path, tile.path());
    assertEquals(Optional.of(tile), Tile.parse(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0/",
        "0/0",
        "0/00",
        "0/0000",
        "00/000",
        "64/000",
        "-1/000",
        "0/000.p/0",
        "0/000.p/256",
        "0/000.p/257",
        "0/000.p/01",
        "0/000.p/",
        "0/000.p",
        "0/x000/001",
        "0/001/002",
        "0/x01/002",
        "0/x001",
        "0/000/",
        "/0/000",
        "Entries/000",
        "entries/0",
        "0/../000",
        "0/٠٠٠",
        "0/000.p/1/",
        "0/000\n",
        "0/x999/x999/x999/x999/x999/x999/999",
      })
  void nothingElseIsATile(String path) {
    assertEquals(Optional.empty(), Tile.parse(path));
  }

  @Test
  void bundlesRoundTripAndRefuseABrokenEnd() {
    List<byte[]> entries = List.of(new byte[0], new byte[] {1}, new byte[65_535]);
    byte[] bundle = EntryBundle.encode(entries);
    List<byte[]> decoded = EntryBundle.decode(bundle);
    assertEquals(3, decoded.size());
    assertArrayEquals(bundle, EntryBundle.encode(decoded));
    for (int length : new int[] {1, 3, 4, 6, bundle.length - 1}) {
      byte[] cut = java.util.Arrays.copyOf(bundle, length);
      assertThrows(IllegalArgumentException.class, () -> EntryBundle.decode(cut));
    }
    List<byte[]> tooLong = List.of(new byte[65_536]);
    assertThrows(IllegalArgumentException.class, () -> EntryBundle.encode(tooLong));
  }
}
