extern int sbn__placeholder_xml; /* replaced by the layer's first file */
