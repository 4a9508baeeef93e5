/** Pure decisions on a row, its document, and what both said when they last agreed. */
package io.cesync.merge;
