package io.cesync.trigger;

import java.nio.ByteBuffer;

/** A frozen list or set: an array, in stored order. */
final class CollectionJson implements ValueJson {
  private final ValueJson element;

  CollectionJson(ValueJson element) {
    this.element = element;
  }

  @Override
  public boolean write(ByteBuffer value, JsonBytes json) {
    Components components = new Components(value);
    int count = components.count();
    json.add('[');
    for (int i = 0; i < count; i++) {
      ByteBuffer next = components.next();
      if (next == null) {
        return false;
      }
      if (i > 0) {
        json.add(',');
      }
      json.value(element, next);
    }
    json.add(']');
    return count >= 0 && components.isComplete();
  }
}
