/** A daemon in the background: starting one, stopping it. */
package io.cesync.background;
