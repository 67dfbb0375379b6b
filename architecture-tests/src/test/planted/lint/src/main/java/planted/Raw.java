package planted;

import java.util.List;

/** A list of anything. */
record Raw(List values) {}
