/** Placeholder. */
package io.cesync.trigger;
