/** Placeholder. */
package io.cesync.demo;
