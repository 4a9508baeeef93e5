/**
 * Looking at what is there, before anything is changed: tables, triggers, the change log, indices.
 */
package io.cesync.inspect;
