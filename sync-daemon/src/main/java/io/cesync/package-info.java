/** What every part of the daemon shares. */
package io.cesync;
