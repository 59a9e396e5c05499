extern int sbn__placeholder_rpc; /* replaced by the layer's first file */
